// MESH1, SHUT1
import { PROXY_CONFIG } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const draining = (config: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web, sidecar.istio.io/inject: "true" }
      annotations:
        cdk8s-patterns/drain: 20s
        proxy.istio.io/config: '{ "holdApplicationUntilProxyStarts": true${config} }'
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

export const meshProxyStopsEarly: RuleOf<'workload'> = {
  id: 'app/mesh-proxy-stops-early',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `All containers of a pod are told to stop at once. A proxy that is one of them waits for a fixed time, 5 seconds unless \`terminationDrainDuration\` says more, then closes all
connections, and the app loses the requests that it still works on, and its database. It has to stay for the delay and the drain of the app, or as long as there are connections.`,
  sources: [
    'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig',
    'https://github.com/istio/istio/blob/1.30.0/pkg/envoy/agent.go',
    'https://github.com/istio/istio/issues/34855',
  ],
  istio: '1.26',
  bad: draining(''),
  good: draining(', "terminationDrainDuration": "20s"'),
  check: (workload, world) => {
    const { pod } = workload;
    const proxy = world.mesh.proxyOf(workload);
    const { slowest } = pod.stop;
    if (proxy?.form !== 'classic' || proxy.outlivesConnections || slowest === undefined) return [];
    if (proxy.drain === undefined || slowest.seconds <= proxy.drain) return [];
    const { delay, seconds } = slowest;
    return [
      {
        field: pod.annotationField(PROXY_CONFIG),
        problem: `the proxy closes all connections ${proxy.drain}s after the pod is told to stop, but the app needs them for ${seconds}s (delay ${delay}s + drain ${seconds - delay}s), so that they are cut off`,
        fix: `add terminationDrainDuration: ${seconds}s to the annotation, or proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true" }`,
      },
    ];
  },
};
