import type {
  HttpRouteSpecManifest,
  IngressSpecManifest,
  MonitorEndpointManifest,
  PodMonitorSpecManifest,
  ServiceMonitorSpecManifest,
  ServiceSpecManifest,
} from '../manifests';
import { INSTANCE_LABEL, NAME_LABEL, TRACK_LABEL } from '../values/labels';
import type { ExposureIntent, IngressOptions, LoadBalancerOptions, NodePortOptions } from './exposure';
import type { PortIntent } from './pod-intent';
import { AppProtocol } from './props';

/** A port of the app's Service. */
export interface ServicePortIntent extends PortIntent {
  /** The Service's own number; `number` is the pods'. */
  readonly port: number;
  readonly protocol?: AppProtocol;
}

/** What proxies and gateways call each protocol (kubernetes.io/docs/concepts/services-networking/service/#application-protocol). */
const APP_PROTOCOL: Record<AppProtocol, string> = {
  [AppProtocol.HTTP]: 'http',
  [AppProtocol.HTTPS]: 'https',
  [AppProtocol.GRPC]: 'kubernetes.io/h2c',
  [AppProtocol.TCP]: 'tcp',
};

/** The app's own Service: all variants, by the instance label. */
export function renderService(app: string, ports: readonly ServicePortIntent[]): ServiceSpecManifest {
  return { type: 'ClusterIP', selector: { [INSTANCE_LABEL]: app }, ports: ports.map(renderPort) };
}

/** A Service whose name stands for the pods themselves. */
export function renderHeadless(app: string, ports: readonly ServicePortIntent[]): ServiceSpecManifest {
  return { ...renderService(app, ports), clusterIP: 'None' };
}

/** A Service with an address outside of the cluster; it has the app's first port only. */
export function renderLoadBalancer(
  app: string,
  port: ServicePortIntent,
  options: LoadBalancerOptions,
): ServiceSpecManifest {
  return {
    type: 'LoadBalancer',
    loadBalancerClass: options.loadBalancerClass,
    loadBalancerSourceRanges: options.sourceRanges,
    selector: { [INSTANCE_LABEL]: app },
    ports: [renderPort({ ...port, port: options.port ?? port.port })],
  };
}

/** A Service with a port on every node; it has the app's first port only. */
export function renderNodePort(
  app: string,
  port: ServicePortIntent,
  { nodePort, port: number = port.port, keepsClientAddress = false }: NodePortOptions,
): ServiceSpecManifest {
  return {
    type: 'NodePort',
    ...(keepsClientAddress && { externalTrafficPolicy: 'Local' as const }),
    selector: { [INSTANCE_LABEL]: app },
    ports: [{ ...renderPort({ ...port, port: number }), nodePort }],
  };
}

/** An Ingress to the app's Service. */
export function renderIngress(
  app: string,
  port: PortIntent,
  path: string,
  options: IngressOptions,
): IngressSpecManifest {
  const backend = { service: { name: app, port: { name: port.name } } };
  return {
    ingressClassName: options.ingressClass,
    tls: options.tlsSecret === undefined ? undefined : [{ hosts: [options.host], secretName: options.tlsSecret }],
    rules: [{ host: options.host, http: { paths: [{ path, pathType: 'Prefix', backend }] } }],
  };
}

/** A route of the Gateway API to the app's Service. */
export function renderHttpRoute(
  app: string,
  port: ServicePortIntent,
  { parent, hostnames, path }: Extract<ExposureIntent, { kind: 'httpRoute' }>,
): HttpRouteSpecManifest {
  const match = { path: { type: 'PathPrefix' as const, value: path } };
  return {
    parentRefs: [parent],
    hostnames,
    rules: [{ matches: [match], backendRefs: [{ name: app, port: port.port }] }],
  };
}

/** Scrapes the pods behind the app's Service, which is found by the label that no GitOps tool rewrites. */
export function renderServiceMonitor(app: string, endpoint: MonitorEndpointManifest): ServiceMonitorSpecManifest {
  return {
    selector: { matchLabels: { [NAME_LABEL]: app } },
    podTargetLabels: [TRACK_LABEL],
    endpoints: [endpoint],
  };
}

/** Scrapes pods that no Service selects. */
export function renderPodMonitor(app: string, endpoint: MonitorEndpointManifest): PodMonitorSpecManifest {
  return {
    selector: { matchLabels: { [INSTANCE_LABEL]: app } },
    podTargetLabels: [TRACK_LABEL],
    podMetricsEndpoints: [endpoint],
  };
}

function renderPort({ name, port, protocol }: ServicePortIntent): ServiceSpecManifest['ports'][number] {
  const appProtocol = protocol && APP_PROTOCOL[protocol];
  return { name, port, targetPort: name, protocol: 'TCP', appProtocol };
}
