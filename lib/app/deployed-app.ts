import type * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { DisruptionGuard } from '../availability';
import { renderAutoscaler, renderScaledObject } from '../availability/manifest';
import {
  type DeploymentSpecManifest,
  emit,
  type HorizontalPodAutoscalerSpecManifest,
  type MonitorEndpointManifest,
  type ScaledObjectSpecManifest,
} from '../manifests';
import { DISPOSABLE } from '../values/annotations';
import { portNumber, seconds } from '../values/bounds';
import { at, invalid } from '../values/invalid';
import { plus } from '../values/plus';
import { AppWorkload } from './app-workload';
import { type AppClaim, fold } from './claims';
import { type DeploymentIntent, resolveScale, type ScaleIntent, type Situation } from './intent';
import { renderDeployment } from './manifest';
import type { PortIntent } from './pod-intent';
import type { DeployedAppProps, MonitorOptions } from './props';

/**
 * What apps and workers have in common: a Deployment that can be drained, rolled and scaled.
 *
 * Can be given to a cdk8s-plus `HorizontalPodAutoscaler`, which then decides the number of pods.
 */
export abstract class DeployedApp extends AppWorkload implements kplus.IScalable {
  /** Whether something scales the app; belongs to cdk8s-plus. */
  public hasAutoscaler = false;
  /** @internal */
  protected readonly _scale: ScaleIntent;
  private readonly claims: (() => AppClaim)[] = [];

  /**
   * Only for the classes of this library.
   *
   * @param scope a chart, or a construct in one
   * @param id names the app unless `name` does
   * @param props what both forms have in common
   */
  protected constructor(
    scope: Construct,
    id: string,
    private readonly deployed: DeployedAppProps,
  ) {
    super(scope, id, deployed);
    this._scale = at(this, () => resolveScale(deployed, this._target));
    const annotations = this._scale.disposable ? { [DISPOSABLE]: 'true' } : undefined;
    const head = this._head('apps/v1', 'Deployment', this.name, annotations);
    emit<{ spec: DeploymentSpecManifest }>(this, 'Resource', head, { spec: () => this.render() });
    if (this._scale.evictable !== undefined) {
      const { name, labels } = { name: this.name, labels: deployed.labels };
      new DisruptionGuard(this, 'Budget', { protects: this, name, labels, evictable: this._scale.evictable });
    }
    this.emitAutoscaler();
  }

  /**
   * The Deployment as a target of a cdk8s-plus `HorizontalPodAutoscaler`. `replicas` is there only if you gave it, since an
   * autoscaler and a fixed number contradict each other.
   */
  public toScalingTarget(): kplus.ScalingTarget {
    const { Container, Cpu } = plus();
    const { cpuMillis, memory } = this.deployed.resources._request;
    const container = new Container({
      name: this.name,
      image: this.deployed.image,
      resources: { cpu: { request: Cpu.millis(cpuMillis) }, memory: { request: memory } },
    });
    const { replicas } = this.deployed;
    return { apiVersion: 'apps/v1', kind: 'Deployment', name: this.name, containers: [container], replicas };
  }

  /** Called by a cdk8s-plus `HorizontalPodAutoscaler`: from now on the manifests leave the number of pods to it. */
  public markHasAutoscaler(): void {
    this.hasAutoscaler = true;
    this._claim(() => ({ by: 'a HorizontalPodAutoscaler of cdk8s-plus', replicas: 'released' }));
  }

  /**
   * Registers what another construct decides about this app.
   *
   * @internal
   */
  public _claim(claim: () => AppClaim): void {
    this._change(this.claims, claim);
  }

  /**
   * Whose metrics count the requests that something judges the app by; undefined if nothing does.
   *
   * @internal
   */
  public get _measuredBy(): AppClaim['measuredBy'] {
    return this._situation.claims.measuredBy;
  }

  /**
   * What has to be known beside the props.
   *
   * @internal
   */
  protected get _situation(): Situation {
    const { _identity: identity, _target: target, _parts: parts } = this;
    return { identity, target, parts, claims: fold(this.claims.map((claim) => claim())) };
  }

  /**
   * Adds the port of the metrics where the app has it not yet, and says what to ask.
   *
   * @internal
   */
  protected _monitored(options: MonitorOptions, ports: readonly PortIntent[]): MonitorEndpointManifest {
    this._refuseIfWritten();
    return at(this, () => {
      if (this.node.tryFindChild('Monitor')) throw invalid('monitor', 'the app is monitored already', 'call it once');
      const { path = '/metrics', port = ports[0]?.number } = options;
      if (port === undefined) throw invalid('monitor: port', 'a worker has no port of its own', 'give port');
      portNumber('monitor: port', port);
      if (!path.startsWith('/')) throw invalid('monitor: path', `\`${path}\` is not absolute`, `use \`/${path}\``);
      const interval = options.interval === undefined ? 30 : seconds('monitor: interval', options.interval);
      const known = ports.find(({ number }) => number === port);
      if (known === undefined) this._change(this._parts.ports, { name: 'metrics', number: port });
      return { port: known?.name ?? 'metrics', path, interval: `${interval}s` };
    });
  }

  /** @internal */
  protected abstract _resolve(): DeploymentIntent;

  private render(): DeploymentSpecManifest {
    return at(this, () => {
      const spec = renderDeployment(this._resolve());
      return { ...spec, template: this._patched(spec.template) };
    });
  }

  private emitAutoscaler(): void {
    const { autoscaling } = this._scale;
    if (autoscaling === undefined) return;
    this.hasAutoscaler = true;
    this.claims.push(() => ({ by: 'the prop autoscaling', replicas: 'released' }));
    const target = () =>
      this._situation.claims.runner ?? { apiVersion: 'apps/v1', kind: 'Deployment', name: this.name };
    if (autoscaling.keda !== undefined) {
      emit<{ spec: ScaledObjectSpecManifest }>(this, 'Autoscaler', this._head('keda.sh/v1alpha1', 'ScaledObject'), {
        spec: () => renderScaledObject(autoscaling, target()),
      });
      return;
    }
    const head = this._head('autoscaling/v2', 'HorizontalPodAutoscaler');
    emit<{ spec: HorizontalPodAutoscalerSpecManifest }>(this, 'Autoscaler', head, {
      spec: () => renderAutoscaler(autoscaling, target(), this.name),
    });
  }
}
