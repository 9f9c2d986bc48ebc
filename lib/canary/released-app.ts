import type { AppClaim } from '../app/claims';
import { INSTANCE_LABEL, MANAGED_BY, MANAGED_BY_LABEL, NAME_LABEL } from '../values/labels';
import type { TargetIntent } from './release-target';

/** The port that requests go to: that of the Service, and the name or number that the pods have. */
export interface ReleasedPort {
  /** The Service through which clients reach all variants. */
  readonly service: string;
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
  readonly appProtocol: string | undefined;
}

/** The app that is released, as its manifests have it. */
export interface ReleasedApp {
  /** What all variants bear as their instance. */
  readonly name: string;
  readonly namespace: string | undefined;
  /** Name of the Deployment. */
  readonly workload: string;
  /** The user's labels on objects. */
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined: nobody connects to it. */
  readonly port: ReleasedPort | undefined;
  /** The pods that there are at least, before any claim; undefined where its manifests are made elsewhere. */
  readonly pods: number | undefined;
  /** Whether an autoscaler of the app decides the number of pods. */
  readonly isScaled: boolean;
  /** That autoscaler as it will be written. */
  readonly autoscaler: any | undefined;
  /** The Deployment as it will be written; undefined where its manifests are made elsewhere. */
  readonly deployment: any | undefined;
  /** Registers what the release decides about the app. */
  claim(claim: () => AppClaim): void;
}

/** An app that is made elsewhere. */
export class NamedApp implements ReleasedApp {
  public readonly name: string;
  public readonly workload: string;
  public readonly labels = {};
  public readonly pods = undefined;
  public readonly deployment = undefined;
  public readonly isScaled = false;
  public readonly autoscaler = undefined;
  public readonly port: ReleasedPort | undefined;

  public constructor(
    { name, port }: TargetIntent,
    public readonly namespace: string | undefined,
  ) {
    this.name = name;
    this.workload = name;
    this.port =
      port === undefined ? undefined : { service: name, name: 'http', port, targetPort: port, appProtocol: undefined };
  }

  public claim(): void {}
}

/** The labels of an object of a release: found by its own name, and part of the app. */
export function labelsOf(app: ReleasedApp, name: string): Record<string, string> {
  return { ...app.labels, [NAME_LABEL]: name, [INSTANCE_LABEL]: app.name, [MANAGED_BY_LABEL]: MANAGED_BY };
}
