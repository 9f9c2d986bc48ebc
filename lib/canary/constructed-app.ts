import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import type { DeployedApp } from '../app';
import type { AppClaim } from '../app/claims';
import { fields, int, list, text, texts } from '../facts/read';
import { invalid } from '../values/invalid';
import { INSTANCE_LABEL, MANAGED_BY_LABEL, NAME_LABEL } from '../values/labels';
import type { ReleasedApp, ReleasedPort } from './released-app';

/** An app whose manifests are made by a construct in this program. */
export abstract class ConstructedApp implements ReleasedApp {
  public readonly name: string;
  public readonly workload: string;
  public readonly pods: number;
  public readonly isScaled: boolean;
  public readonly labels: Readonly<Record<string, string>>;
  /** The name of the container whose image is released. */
  public readonly container: string;
  public readonly image: string;

  protected constructor(
    protected readonly construct: IConstruct,
    private readonly scaler: ApiObject | undefined,
    private readonly service: ApiObject | undefined,
  ) {
    const { metadata, spec } = this.deployment;
    this.workload = metadata.name;
    const template = fields(spec.template);
    const instance = texts(fields(template.metadata).labels)[INSTANCE_LABEL];
    if (instance === undefined) {
      const problem = `its pods have no label \`${INSTANCE_LABEL}\`, by which Service, budget and policies cover both versions`;
      throw invalid('app', problem, `use podMetadata: { labels: { '${INSTANCE_LABEL}': '${this.workload}' } }`);
    }
    this.name = instance;
    this.checkSelector();
    const containers = list(fields(template.spec).containers).map(fields);
    const main = containers.find(({ name }) => name === this.name) ?? containers[0] ?? {};
    this.container = text(main.name) ?? '';
    this.image = text(main.image) ?? '';
    if (this.port !== undefined && main.readinessProbe === undefined) {
      const problem = `container ${this.container} has no readiness probe, so that requests go to a candidate that has not started`;
      throw invalid('app', problem, "use readiness: Probe.fromHttpGet('/ready')");
    }
    const { [NAME_LABEL]: _, [INSTANCE_LABEL]: __, [MANAGED_BY_LABEL]: ___, ...labels } = texts(metadata.labels);
    this.labels = labels;
    this.isScaled = this.autoscaler !== undefined;
    const { minReplicas, minReplicaCount } = fields(this.autoscaler?.spec);
    this.pods = Math.max(1, int(minReplicas) ?? int(minReplicaCount) ?? int(spec.replicas) ?? 1);
  }

  public get namespace(): string | undefined {
    return ApiObject.of(this.construct).metadata.namespace;
  }

  public get deployment(): any {
    return ApiObject.of(this.construct).toJson();
  }

  public get autoscaler(): any | undefined {
    return this.scaler?.toJson();
  }

  public get port(): ReleasedPort | undefined {
    const service = this.service?.toJson() as any;
    const [first] = list(fields(service?.spec).ports).map(fields);
    if (first === undefined) return undefined;
    const port = int(first.port) as number;
    return {
      service: service.metadata.name,
      name: text(first.name) ?? '',
      port,
      targetPort: int(first.targetPort) ?? text(first.targetPort) ?? port,
      appProtocol: text(first.appProtocol),
    };
  }

  public abstract claim(claim: () => AppClaim): void;

  /** The candidate needs labels of its own, which the stable workload does not select. */
  private checkSelector(): void {
    const { matchLabels, matchExpressions } = fields(this.deployment.spec.selector);
    const keys = Object.keys(texts(matchLabels)).filter((key) => key !== INSTANCE_LABEL);
    const isGenerated = keys.includes('cdk8s.io/metadata.addr');
    if (keys.length > 0 && !isGenerated && list(matchExpressions).length === 0) return;
    const problem = isGenerated
      ? 'selects its pods by the label `cdk8s.io/metadata.addr`, and so does everything that cdk8s-plus made for it: the pods of the candidate would match it, or be reached by nothing'
      : "its selector matches the candidate's pods too, so that both Deployments would fight over them";
    const fix = `use select: false, and deployment.select(LabelSelector.of({ labels: { '${NAME_LABEL}': '${this.workload}' } })) with that label on the pods`;
    throw invalid('app', problem, fix);
  }
}

/** An app of this library. */
export class OwnApp extends ConstructedApp {
  public constructor(private readonly app: DeployedApp) {
    super(app, child(app, 'Autoscaler'), child(app, 'Service'));
  }

  public claim(claim: () => AppClaim): void {
    this.app._claim(claim);
  }
}

/** A Deployment of cdk8s-plus. */
export class PlusApp extends ConstructedApp {
  public constructor(deployment: kplus.Deployment, service: kplus.Service | undefined) {
    const object = service === undefined ? undefined : ApiObject.of(service);
    super(deployment, undefined, object);
    if (deployment.hasAutoscaler) {
      const problem = 'is scaled by an autoscaler of cdk8s-plus, of which the candidate gets none';
      throw invalid('app', problem, 'use a WebApp with autoscaling: Autoscaling.between(2, 6, { cpuPercent: 70 })');
    }
    if (object !== undefined) this.checkService(object);
  }

  /** cdk8s-plus knows no claims: what the release decides is put into the manifest when it is rendered. */
  public claim(claim: () => AppClaim): void {
    const object = ApiObject.of(this.construct);
    const render = object.toJson.bind(object);
    const claimed = () => {
      const manifest = render();
      const { replicas, image } = claim();
      const containers = manifest.spec.template.spec.containers as { name: string; image: string }[];
      for (const one of containers) if (one.name === this.container && image !== undefined) one.image = image;
      if (replicas === 'released') delete manifest.spec.replicas;
      else manifest.spec.replicas = replicas ?? manifest.spec.replicas;
      return manifest;
    };
    Object.defineProperty(object, 'toJson', { value: claimed });
  }

  /** Clients have to reach both versions by it. */
  private checkService(service: ApiObject): void {
    const { metadata, spec } = service.toJson();
    const selector = texts(fields(spec).selector);
    if (Object.keys(selector).length === 1 && selector[INSTANCE_LABEL] === this.name) return;
    const problem = `Service ${metadata.name} does not select both versions`;
    const fix = `use selector: Pods.select(chart, 'pods', { labels: { '${INSTANCE_LABEL}': '${this.name}' } })`;
    throw invalid('service', problem, fix);
  }
}

function child({ node }: DeployedApp, id: string): ApiObject | undefined {
  const found = node.tryFindChild(id);
  return found instanceof ApiObject ? found : undefined;
}
