import { parseNames } from '../values/annotations';
import { KubernetesFeature } from '../values/kubernetes-version';
import type { PodFact } from './pod';
import type { WorkloadFact } from './workload';

/** The annotation of a pod that sets its proxy up. */
export const PROXY_CONFIG = 'proxy.istio.io/config';
/** The annotation of a pod that chooses the form of its proxy. */
export const NATIVE_SIDECAR = 'sidecar.istio.io/nativeSidecar';

/** The names of ports that meshes add to pods. */
export const PORT_OF_PROXY = /^(?:http-envoy-prom|linkerd-.*)$/;

/** The first releases that by themselves make the proxy a native sidecar, if both are there. */
const NATIVE_SINCE = { istio: 27, kubernetes: 33 };
/** Ports of the proxy itself, which it does not guard. */
const OWN_PORTS = [15020, 15021, 15090];
const EXIT_ON_ZERO = 'EXIT_ON_ZERO_ACTIVE_CONNECTIONS';
/** How long the proxy goes on after it was told to stop, unless something says otherwise. */
const DRAIN_SECONDS = 5;

/** The proxy that Istio puts beside the containers of a pod. */
export class MeshProxy {
  /** Whether what Istio adds to the pods is a sidecar: a gateway's pod is nothing but the proxy. */
  public static isSidecar({ pod }: WorkloadFact): boolean {
    const templates = parseNames(pod.annotations['inject.istio.io/templates']);
    return templates.length === 0 || templates.includes('sidecar');
  }

  private readonly pod: PodFact;

  public constructor(private readonly workload: WorkloadFact) {
    this.pod = workload.pod;
  }

  /**
   * Whether it is an init container that starts before the app and ends after it, or an ordinary container beside the app; `unknown` where that
   * depends on the release of Istio. A control plane that was told to do otherwise is not seen.
   *
   * @see https://github.com/istio/istio/blob/1.30.0/pkg/kube/inject/webhook.go DetectNativeSidecar
   */
  public get form(): 'native' | 'classic' | 'unknown' {
    const { kubernetes, istio } = this.workload.target;
    const asked = this.pod.annotations[NATIVE_SIDECAR];
    if (asked === 'true' || this.pod.sidecars.some(({ name }) => name === 'istio-proxy')) return 'native';
    if (asked === 'false' || kubernetes.minor < NATIVE_SINCE.kubernetes) return 'classic';
    if (istio === undefined) return 'unknown';
    return Number(istio.slice('1.'.length)) >= NATIVE_SINCE.istio ? 'native' : 'classic';
  }

  /** Whether the cluster would run it as a native sidecar, if the pods asked for it. */
  public get canBeNative(): boolean {
    return this.workload.lacking(KubernetesFeature.NATIVE_SIDECARS) === undefined;
  }

  /** Whether the containers after it start only when it is ready; of an ordinary container. */
  public get holdsApp(): boolean {
    return this.setting('holdApplicationUntilProxyStarts') === 'true';
  }

  /** Seconds from the request to stop until it closes all connections; of an ordinary container. Undefined where one cannot read them. */
  public get drain(): number | undefined {
    const written = this.setting('terminationDrainDuration');
    if (written === undefined) return DRAIN_SECONDS;
    const seconds = /^(\d+(?:\.\d+)?)s$/.exec(written)?.[1];
    return seconds === undefined ? undefined : Number(seconds);
  }

  /** Whether it stays as long as there are connections, or has a hook of its own that waits. */
  public get outlivesConnections(): boolean {
    const own = this.pod.containers.find(({ name }) => name === 'istio-proxy');
    const variable = own?.variables.find(({ name }) => name === EXIT_ON_ZERO)?.value;
    return [this.setting(EXIT_ON_ZERO), variable].includes('true') || own?.preStop !== undefined;
  }

  /** Whether connections to a port of the pod go through it. */
  public takes(port: number): boolean {
    const { annotations } = this.pod;
    const mode = annotations['sidecar.istio.io/interceptionMode'] ?? this.setting('interceptionMode');
    const included = parseNames(annotations['traffic.sidecar.istio.io/includeInboundPorts'] ?? '*');
    const excluded = parseNames(annotations['traffic.sidecar.istio.io/excludeInboundPorts']);
    if (mode === 'NONE' || OWN_PORTS.includes(port)) return false;
    return included.includes('*') ? !excluded.includes(String(port)) : included.includes(String(port));
  }

  /** One line of the annotation, which is YAML or JSON. */
  private setting(key: string): string | undefined {
    const config = this.pod.annotations[PROXY_CONFIG] ?? '';
    return new RegExp(`\\b${key}["']?\\s*:\\s*["']?([^\\s"',}]+)`).exec(config)?.[1];
  }
}
