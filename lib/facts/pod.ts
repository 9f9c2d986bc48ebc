import * as annotations from '../values/annotations';
import { ContainerFact, type ContainerPort } from './container';
import { below, type Fields, fields, int, list, text, texts } from './read';
import { Selector } from './selector';
import type { ServicePort } from './service';

/** How long a sidecar takes to stop when nobody says otherwise. */
export const SIDECAR_STOP_SECONDS = 5;

/** A volume of a pod. */
export interface VolumeFact {
  readonly name: string;
  readonly field: string;
  readonly isScratch: boolean;
  readonly sizeLimit: unknown;
  /** What `emptyDir` says; undefined where it says nothing, or the volume is another. */
  readonly scratch: Fields | undefined;
  /** The name of the PersistentVolumeClaim behind it. */
  readonly claim: string | undefined;
}

/** A rule that keeps pods apart. */
export interface SpreadFact {
  readonly field: string;
  readonly topologyKey: string;
  readonly selector: Selector;
  /** Only of a topology spread constraint. */
  readonly maxSkew: number;
  /** A cordoned node is not counted. */
  readonly honorsTaints: boolean;
  /** Fields that are added to the selector, so that old and new pods are counted apart. */
  readonly perRevision: boolean;
}

/** How long a pod takes to stop. */
export interface StopFact {
  /** The slowest of `containers[]`: its delay, and the delay with what it has to finish. */
  readonly slowest: { readonly delay: number; readonly seconds: number } | undefined;
  /** Seconds of each native sidecar, which is told to stop when the app has ended. */
  readonly sidecars: readonly number[];
  readonly total: number;
}

/** What a workload's pods are made of. */
export class PodFact {
  public readonly labels: Readonly<Record<string, string>>;
  public readonly annotations: Readonly<Record<string, string>>;
  public readonly spec: Fields;
  /** `containers[]`. */
  public readonly containers: readonly ContainerFact[];
  /** Init containers that run beside the app. */
  public readonly sidecars: readonly ContainerFact[];
  /** Init containers that end before the app starts. */
  public readonly inits: readonly ContainerFact[];
  /** Every container that is there while the pod runs. */
  public readonly running: readonly ContainerFact[];
  /** Every container. */
  public readonly all: readonly ContainerFact[];
  /** Every port that a container declares. */
  public readonly ports: readonly ContainerPort[];
  public readonly volumes: readonly VolumeFact[];

  public constructor(
    template: unknown,
    /** Path of the pod's spec, for example `spec.template.spec`. */
    public readonly field: string,
  ) {
    this.labels = texts(below(template, 'metadata', 'labels'));
    this.annotations = texts(below(template, 'metadata', 'annotations'));
    this.spec = fields(fields(template).spec);
    this.containers = read(this.spec.containers, `${field}.containers`);
    const inits = read(this.spec.initContainers, `${field}.initContainers`);
    this.sidecars = inits.filter((container) => container.restartsAlways);
    this.inits = inits.filter((container) => !container.restartsAlways);
    this.running = [...this.containers, ...this.sidecars];
    this.all = [...this.running, ...this.inits];
    this.ports = this.all.flatMap(({ ports }) => ports);
    this.volumes = list(this.spec.volumes).map((volume, index) => readVolume(volume, `${field}.volumes[${index}]`));
  }

  /** The operating system that the pod says it needs. */
  public get os(): string | undefined {
    return text(below(this.spec, 'os', 'name'));
  }

  /** The path of an annotation of the pod. */
  public annotationField(key: string): string {
    return `${this.field.replace(/spec$/, 'metadata')}.annotations[${key}]`;
  }

  /** The path of its labels. */
  public get labelsField(): string {
    return `${this.field.replace(/spec$/, 'metadata')}.labels`;
  }

  /** The number of a port that is given by number or by name; undefined where no container declares the name. */
  public portNumber(port: string | number): number | undefined {
    return typeof port === 'number' ? port : this.ports.find(({ name }) => name === port)?.number;
  }

  /** The container behind a port of a Service; one that declares no port may listen on any. */
  public serving({ target }: ServicePort): ContainerFact | undefined {
    if (target === undefined) return undefined;
    const declared = this.running.find((container) => container.declares(target));
    return declared ?? (typeof target === 'number' ? this.containers[0] : undefined);
  }

  /** Seconds between the request to stop and SIGKILL. */
  public get grace(): number {
    return int(this.spec.terminationGracePeriodSeconds) ?? 30;
  }

  /** Worst start, where the manifest says it. */
  public get startsWithin(): number | undefined {
    return annotations.parseSeconds(this.annotations[annotations.STARTS_WITHIN]);
  }

  /** Longest work in flight, where the manifest says it. */
  public get drain(): number | undefined {
    return annotations.parseSeconds(this.annotations[annotations.DRAIN]);
  }

  /** Longest task that must not be cut off, where the manifest says it. */
  public get longestTask(): number | undefined {
    return annotations.parseSeconds(this.annotations[annotations.LONGEST_TASK]);
  }

  /** The names in an annotation that lists containers. */
  public named(annotation: string): readonly string[] {
    return annotations.parseNames(this.annotations[annotation]);
  }

  /** `containers[]` without those that are sidecars in the classic form. */
  public get apps(): readonly ContainerFact[] {
    const classic = this.named(annotations.CLASSIC_SIDECARS);
    return this.containers.filter((container) => !classic.includes(container.name));
  }

  /** Seconds that a sidecar takes to stop, in either form. */
  public sidecarStop(name: string): number {
    for (const entry of this.named(annotations.SIDECARS_STOP_WITHIN)) {
      const [container, time] = entry.split('=', 2);
      if (container === name) return annotations.parseSeconds(time) ?? SIDECAR_STOP_SECONDS;
    }
    return SIDECAR_STOP_SECONDS;
  }

  /**
   * What has to fit between the request to stop and SIGKILL: the slowest of `containers[]`, then each native sidecar. Where the
   * manifest does not say how long work lasts, only the hooks count.
   */
  public get stop(): StopFact {
    const stops = this.containers.map((container) => this.stopOf(container));
    const [slowest] = [...stops].sort((one, other) => other.seconds - one.seconds);
    const sidecars = this.drain === undefined ? [] : this.sidecars.map(({ name }) => this.sidecarStop(name));
    return { slowest, sidecars, total: sidecars.reduce((sum, seconds) => sum + seconds, slowest?.seconds ?? 0) };
  }

  private stopOf(container: ContainerFact): NonNullable<StopFact['slowest']> {
    const delay = container.preStop?.seconds ?? 0;
    const own = this.apps.includes(container) ? (this.drain ?? 0) : this.sidecarStop(container.name);
    return { delay, seconds: delay + own };
  }

  /** Rules that forbid a second pod in one place. */
  public get antiAffinity(): readonly SpreadFact[] {
    const key = 'requiredDuringSchedulingIgnoredDuringExecution';
    return list(below(this.spec, 'affinity', 'podAntiAffinity', key)).map((term, index) => ({
      field: `${this.field}.affinity.podAntiAffinity.${key}[${index}]`,
      topologyKey: text(fields(term).topologyKey) ?? '',
      selector: Selector.parse(fields(term).labelSelector),
      maxSkew: 1,
      honorsTaints: true,
      perRevision: list(fields(term).matchLabelKeys).length > 0,
    }));
  }

  /** Rules that a pod would rather wait than break. */
  public get hardSpread(): readonly SpreadFact[] {
    return list(this.spec.topologySpreadConstraints).flatMap((value, index) => {
      const constraint = fields(value);
      if (constraint.whenUnsatisfiable === 'ScheduleAnyway') return [];
      return [
        {
          field: `${this.field}.topologySpreadConstraints[${index}]`,
          topologyKey: text(constraint.topologyKey) ?? '',
          selector: Selector.parse(constraint.labelSelector),
          maxSkew: int(constraint.maxSkew) ?? 1,
          honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
          perRevision: list(constraint.matchLabelKeys).length > 0,
        },
      ];
    });
  }

  /** Required anti-affinity between the workload's own pods, one to a node. */
  public get apartOnHosts(): readonly SpreadFact[] {
    return this.antiAffinity.filter((rule) => this.keepsOwnPodsApart(rule) && !rule.perRevision);
  }

  /** Hard spread of the workload's own pods over nodes. */
  public get spreadOverHosts(): readonly SpreadFact[] {
    return this.hardSpread.filter((rule) => this.keepsOwnPodsApart(rule));
  }

  private keepsOwnPodsApart({ topologyKey, selector }: SpreadFact): boolean {
    return topologyKey === 'kubernetes.io/hostname' && selector.matches(this.labels);
  }

  /** Whether it is in the network of its node. */
  public get isOnHost(): boolean {
    return this.spec.hostNetwork === true;
  }

  /** Whether it takes ports of its node, so that the node has room for one of them. */
  public get takesHostPorts(): boolean {
    return this.ports.some(({ hostPort }) => this.isOnHost || hostPort !== undefined);
  }

  /** Whether anything, hard or soft, asks the scheduler to keep the pods apart. */
  public get isSpread(): boolean {
    const anti = fields(below(this.spec, 'affinity', 'podAntiAffinity'));
    const constraints = list(this.spec.topologySpreadConstraints);
    const isMeant = constraints.some((one) => Selector.parse(fields(one).labelSelector).matches(this.labels));
    return isMeant || Object.values(anti).some((v) => list(v).length > 0);
  }
}

function read(value: unknown, field: string): ContainerFact[] {
  return list(value).map((container, index) => new ContainerFact(container, `${field}[${index}]`));
}

function readVolume(value: unknown, field: string): VolumeFact {
  const volume = fields(value);
  return {
    name: text(volume.name) ?? '',
    field,
    isScratch: 'emptyDir' in volume,
    sizeLimit: below(volume, 'emptyDir', 'sizeLimit'),
    scratch: volume.emptyDir === null || !('emptyDir' in volume) ? undefined : fields(volume.emptyDir),
    claim: text(below(volume, 'persistentVolumeClaim', 'claimName')),
  };
}
