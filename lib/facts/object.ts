import { acknowledgedId } from '../values/annotations';
import { type KubernetesFeature, KubernetesVersion } from '../values/kubernetes-version';
import { TargetCluster } from '../values/target-cluster';
import { below, type Fields, fields, text, texts } from './read';

/** One manifest and where it came from. */
export interface Source {
  readonly manifest: unknown;
  readonly target?: TargetCluster;
  /** What made it (a construct, a file); facts hand it on and never look inside. */
  readonly origin?: unknown;
  /** Where the object stands in what was given, if it was an item of a list: `items[3].`. */
  readonly path?: string;
}

/** A finding that is accepted, and why. */
interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}

const NONE: readonly Acknowledgement[] = [];

/** What all objects have in common. */
export class ObjectFact {
  public readonly manifest: Fields;
  public readonly apiVersion: string;
  public readonly kind: string;
  public readonly name: string;
  /** Where the object lies; a missing namespace is `default`. */
  public readonly namespace: string;
  /** As written; undefined where the manifest leaves it to `kubectl --namespace`. */
  public readonly writtenNamespace: string | undefined;
  public readonly labels: Readonly<Record<string, string>>;
  public readonly annotations: Readonly<Record<string, string>>;
  /** `spec`. */
  public readonly spec: Fields;
  public readonly target: TargetCluster;
  public readonly origin: unknown;
  /** What comes before its fields in what was given: `items[3].` for an item of a list. */
  public readonly path: string;

  public constructor(source: Source) {
    this.manifest = fields(source.manifest);
    const metadata = fields(this.manifest.metadata);
    this.apiVersion = text(this.manifest.apiVersion) ?? '';
    this.kind = text(this.manifest.kind) ?? '';
    this.name = text(metadata.name) ?? text(metadata.generateName) ?? '';
    this.writtenNamespace = text(metadata.namespace);
    this.namespace = this.writtenNamespace ?? 'default';
    this.labels = texts(metadata.labels);
    this.annotations = texts(metadata.annotations);
    this.spec = fields(this.manifest.spec);
    this.target = source.target ?? TargetCluster.of();
    this.origin = source.origin;
    this.path = source.path ?? '';
  }

  /** The findings that annotations of this object accept, with the reasons. */
  public get acknowledgements(): readonly Acknowledgement[] {
    const keys = Object.keys(this.annotations);
    return keys.length === 0 ? NONE : keys.flatMap((key) => acknowledgement(key, this.annotations[key] ?? ''));
  }

  /** What the target would have to be to have `feature`; undefined if it has it. */
  public lacking(feature: KubernetesFeature): string | undefined {
    const { kubernetes } = this.target;
    if (kubernetes.supports(feature)) return undefined;
    const history = KubernetesVersion._features().find(([one]) => one === feature)?.[1];
    return `needs Kubernetes 1.${history?.usableSince} or newer, the target is ${kubernetes}`;
  }

  /** The field that lies below `keys`. */
  public at(...keys: readonly string[]): unknown {
    return below(this.manifest, ...keys);
  }

  /** Whether it belongs to the API group, whatever its version. */
  public isOf(group: string, ...kinds: readonly string[]): boolean {
    const slash = this.apiVersion.indexOf('/');
    return (slash === -1 ? '' : this.apiVersion.slice(0, slash)) === group && kinds.includes(this.kind);
  }
}

/** Whether an object is of a kind that no rule knows and that Kubernetes does not bring along. */
export function isCustom(object: ObjectFact): boolean {
  return (
    object.constructor === ObjectFact && object.apiVersion.includes('.') && !object.apiVersion.includes('.k8s.io/')
  );
}

function acknowledgement(key: string, reason: string): Acknowledgement[] {
  const id = acknowledgedId(key);
  return id === undefined ? [] : [{ id, reason }];
}
