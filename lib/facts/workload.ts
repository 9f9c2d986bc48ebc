import { DISPOSABLE, ROLE } from '../values/annotations';
import { CountOrPercent } from '../values/count-or-percent';
import { INSTANCE_LABEL, MANAGED_BY, MANAGED_BY_LABEL } from '../values/labels';
import { ObjectFact, type Source } from './object';
import { PodFact } from './pod';
import { below, fields, int, text } from './read';
import { Selector } from './selector';

/** Where the pod template lies in most kinds that make pods. */
export const TEMPLATE: readonly string[] = ['spec', 'template'];

/** Where it lies in each kind of Kubernetes' own. */
const TEMPLATES: Record<string, readonly string[]> = {
  'apps/Deployment': TEMPLATE,
  'apps/StatefulSet': TEMPLATE,
  'apps/DaemonSet': TEMPLATE,
  'apps/ReplicaSet': TEMPLATE,
  'batch/Job': TEMPLATE,
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  '/Pod': [],
};

/** How a roll-out replaces pods, in pods of a given total. */
export interface RolloutFact {
  readonly field: string;
  readonly stopsFirst: boolean;
  readonly maxUnavailable: CountOrPercent;
  readonly maxSurge: CountOrPercent;
}

/** Whatever makes pods. */
export class WorkloadFact extends ObjectFact {
  /** The fact if the object makes pods. */
  public static read(source: Source, object: ObjectFact): WorkloadFact | undefined {
    const template = TEMPLATES[`${object.apiVersion.split('/').slice(0, -1).join('/')}/${object.kind}`];
    return template === undefined ? undefined : new WorkloadFact(source, template);
  }

  public readonly pod: PodFact;
  public readonly selector: Selector;
  /** How a Deployment replaces its pods; undefined for other kinds. */
  public readonly rollout: RolloutFact | undefined;

  protected constructor(source: Source, template: readonly string[]) {
    super(source);
    this.pod = new PodFact(this.at(...template), [...template, 'spec'].join('.'));
    this.selector = Selector.parse(this.spec.selector);
    this.rollout = this.isOf('apps', 'Deployment') ? readRollout(this.spec.strategy) : undefined;
  }

  /** `spec.replicas` as written. */
  public get writtenReplicas(): number | undefined {
    return int(this.spec.replicas);
  }

  /** Whether it keeps a number of pods running that somebody chooses. */
  public get isReplicated(): boolean {
    return this.isOf('apps', 'Deployment', 'StatefulSet', 'ReplicaSet') || this.isOf('argoproj.io', 'Rollout');
  }

  /** Whether its pods end by themselves. */
  public get endsByItself(): boolean {
    return this.isOf('batch', 'Job', 'CronJob');
  }

  /** The workload that an Argo Rollout takes its template from, most often a Deployment. */
  public get templateFrom(): string | undefined {
    return this.isOf('argoproj.io', 'Rollout') ? text(below(this.spec, 'workloadRef', 'name')) : undefined;
  }

  /** Whether the manifest says that nobody connects to its pods. */
  public get isWorker(): boolean {
    return this.pod.annotations[ROLE] === 'worker';
  }

  /** Whether the manifest says that it is a test environment. */
  public get isDisposable(): boolean {
    return this.annotations[DISPOSABLE] === 'true';
  }

  /** The app that the pods belong to, if this library manages the workload. */
  public get managedInstance(): string | undefined {
    return this.labels[MANAGED_BY_LABEL] === MANAGED_BY ? this.pod.labels[INSTANCE_LABEL] : undefined;
  }

  /** Seconds after which a roll-out without progress counts as failed. */
  public get progressDeadline(): number {
    return int(this.spec.progressDeadlineSeconds) ?? 600;
  }

  /** Seconds that a pod must be ready before the roll-out goes on. */
  public get minReady(): number {
    return int(this.spec.minReadySeconds) ?? 0;
  }
}

function readRollout(value: unknown): RolloutFact {
  const strategy = fields(value);
  const rolling = fields(strategy.rollingUpdate);
  return {
    field: 'spec.strategy',
    stopsFirst: strategy.type === 'Recreate',
    maxUnavailable: CountOrPercent._parse(rolling.maxUnavailable) ?? CountOrPercent.percent(25),
    maxSurge: CountOrPercent._parse(rolling.maxSurge) ?? CountOrPercent.percent(25),
  };
}
