import type { Construct } from 'constructs';
import {
  emit,
  type HttpRouteSpecManifest,
  type IngressSpecManifest,
  type ServiceMonitorSpecManifest,
  type ServiceSpecManifest,
} from '../manifests';
import { portNumber } from '../values/bounds';
import { at } from '../values/invalid';
import { NAME_LABEL } from '../values/labels';
import { DeployedApp } from './deployed-app';
import type { Exposure } from './exposure';
import { type DeploymentIntent, protocolOf, resolvePorts, resolveWebApp } from './intent';
import type { MonitorOptions, WebAppProps } from './props';
import {
  renderHeadless,
  renderHttpRoute,
  renderIngress,
  renderLoadBalancer,
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
    this.ports = at(this.node.path, () => {
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
   */
  public expose(exposure: Exposure): void {
    const intent = exposure._intent;
    const [main] = this.ports as [ServicePortIntent];
    switch (intent.kind) {
      case 'ingress': {
        const head = this._head('networking.k8s.io/v1', 'Ingress', this.name, intent.options.annotations);
        emit<{ spec: IngressSpecManifest }>(this, `Ingress-${intent.options.host}`, head, {
          spec: () => renderIngress(this.name, main, intent.path, intent.options),
        });
        return;
      }
      case 'httpRoute':
        emit<{ spec: HttpRouteSpecManifest }>(this, 'Route', this._head('gateway.networking.k8s.io/v1', 'HTTPRoute'), {
          spec: () => renderHttpRoute(this.name, main, intent),
        });
        return;
      case 'loadBalancer':
        this.emitService('external', renderLoadBalancer(this.name, main, intent.options), intent.options.annotations);
        return;
      case 'headless':
        this.emitService('headless', renderHeadless(this.name, this.allPorts));
    }
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

  /** A second Service bears its own name in the label, so that monitors do not find the app twice. */
  private emitService(suffix: string, spec: ServiceSpecManifest, annotations?: Readonly<Record<string, string>>): void {
    const name = `${this.name}-${suffix}`;
    const head = this._head('v1', 'Service', name, annotations);
    const metadata = { ...head.metadata, labels: { ...head.metadata.labels, [NAME_LABEL]: name } };
    emit<{ spec: ServiceSpecManifest }>(this, `Service-${suffix}`, { ...head, metadata }, { spec: () => spec });
  }
}
