import type { Construct } from 'constructs';
import {
  emit,
  type HttpRouteSpecManifest,
  type IngressSpecManifest,
  type ServiceMonitorSpecManifest,
  type ServiceSpecManifest,
} from '../manifests';
import { portNumber } from '../values/bounds';
import { at, invalid } from '../values/invalid';
import { NAME_LABEL } from '../values/labels';
import { dnsLabel } from '../values/names';
import { DeployedApp } from './deployed-app';
import type { Exposure, ExposureIntent } from './exposure';
import { type DeploymentIntent, protocolOf, resolvePorts, resolveWebApp } from './intent';
import type { MonitorOptions, WebAppProps } from './props';
import {
  renderHeadless,
  renderHttpRoute,
  renderIngress,
  renderLoadBalancer,
  renderNodePort,
  renderService,
  renderServiceMonitor,
  type ServicePortIntent,
} from './service-manifest';

/**
 * An app that answers requests, and that can be rolled out, drained and scaled without losing one.
 *
 * Emits a Deployment, a Service, a ServiceAccount; with two pods or more a PodDisruptionBudget; with `autoscaling` a
 * HorizontalPodAutoscaler or a ScaledObject.
 *
 * @example
 * import { Chart, Duration, Size } from 'cdk8s';
 * import { HealthCheck, ProductionApp, Resources, WebApp } from 'cdk8s-patterns';
 *
 * const shop = new Chart(new ProductionApp(), 'shop', { namespace: 'shop' });
 * new WebApp(shop, 'checkout', {
 *   image: 'registry.example.com/checkout:1.4.2',
 *   port: 8080,
 *   resources: Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
 *   health: HealthCheck.http('/ready', { alivePath: '/live', startsWithin: Duration.seconds(45) }),
 * });
 */
export class WebApp extends DeployedApp {
  private readonly ports: readonly ServicePortIntent[];

  /**
   * Emits the app.
   *
   * @param scope a chart, or a construct in one
   * @param id names the app unless `name` does
   * @param props what the app is
   * @throws if a prop makes no sense, or two of them contradict each other
   */
  public constructor(
    scope: Construct,
    id: string,
    private readonly web: WebAppProps,
  ) {
    super(scope, id, web);
    this.ports = at(this, () => {
      this._resolve();
      const [main, ...extra] = resolvePorts(web);
      const port = web.servicePort === undefined ? main.number : portNumber('servicePort', web.servicePort);
      return [{ ...main, port, protocol: protocolOf(web) }, ...extra.map((one) => ({ ...one, port: one.number }))];
    });
    emit<{ spec: ServiceSpecManifest }>(this, 'Service', this._head('v1', 'Service'), {
      spec: () => renderService(this.name, this.allPorts),
    });
  }

  /**
   * Makes the app reachable in one more way.
   *
   * @param exposure an Ingress, a route, or another Service
   * @throws if the app has such an object of that name, or was written already
   */
  public expose(exposure: Exposure): void {
    this._refuseIfWritten();
    at(this, () => this.emitExposure(exposure._intent));
  }

  /**
   * Lets the Prometheus operator scrape the app (ServiceMonitor), every variant of it.
   *
   * @param options port, path, interval
   * @throws if the port is taken by something else
   */
  public monitor(options: MonitorOptions = {}): void {
    const endpoint = this._monitored(options, this.ports);
    const head = this._head('monitoring.coreos.com/v1', 'ServiceMonitor');
    const metadata = { ...head.metadata, labels: { ...options.labels, ...head.metadata.labels } };
    emit<{ spec: ServiceMonitorSpecManifest }>(
      this,
      'Monitor',
      { ...head, metadata },
      {
        spec: () => renderServiceMonitor(this.name, endpoint),
      },
    );
  }

  /** @internal */
  protected _resolve(): DeploymentIntent {
    return resolveWebApp(this.web, this._situation);
  }

  private get allPorts(): readonly ServicePortIntent[] {
    return [...this.ports, ...this._parts.ports.map((one) => ({ ...one, port: one.number }))];
  }

  private emitExposure(intent: ExposureIntent): void {
    const [main] = this.ports as [ServicePortIntent];
    switch (intent.kind) {
      case 'ingress': {
        const { name = this.name, annotations } = intent.options;
        const head = this._head('networking.k8s.io/v1', 'Ingress', name, annotations);
        emit<{ spec: IngressSpecManifest }>(this, this.unusedId('Ingress', name), head, {
          spec: () => renderIngress(this.name, main, intent.path, intent.options),
        });
        return;
      }
      case 'httpRoute': {
        const { name = this.name } = intent;
        const head = this._head('gateway.networking.k8s.io/v1', 'HTTPRoute', name);
        emit<{ spec: HttpRouteSpecManifest }>(this, this.unusedId('HTTPRoute', name), head, {
          spec: () => renderHttpRoute(this.name, main, intent),
        });
        return;
      }
      case 'loadBalancer': {
        const { name = `${this.name}-external`, annotations } = intent.options;
        this.emitService(name, () => renderLoadBalancer(this.name, main, intent.options), annotations);
        return;
      }
      case 'nodePort': {
        const { name = `${this.name}-node-port` } = intent.options;
        this.emitService(name, () => renderNodePort(this.name, main, intent.options));
        return;
      }
      case 'headless':
        this.emitService(`${this.name}-headless`, () => renderHeadless(this.name, this.allPorts));
    }
  }

  /** A second Service bears its own name in the label, so that monitors do not find the app twice. */
  private emitService(
    name: string,
    spec: () => ServiceSpecManifest,
    annotations?: Readonly<Record<string, string>>,
  ): void {
    const head = this._head('v1', 'Service', name, annotations);
    const metadata = { ...head.metadata, labels: { ...head.metadata.labels, [NAME_LABEL]: name } };
    emit<{ spec: ServiceSpecManifest }>(this, this.unusedId('Service', name), { ...head, metadata }, { spec });
  }

  /** Two objects of one kind and name would overwrite each other in the cluster. */
  private unusedId(kind: string, name: string): string {
    const id = `${kind}-${dnsLabel('expose: name', name)}`;
    if (this.node.tryFindChild(id) !== undefined || (kind === 'Service' && name === this.name)) {
      throw invalid('expose', `the app has ${kind} \`${name}\` already`, 'give the second one a name of its own');
    }
    return id;
  }
}
