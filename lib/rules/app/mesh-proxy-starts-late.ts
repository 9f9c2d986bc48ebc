// MESH1
import { type PodFact, PROXY_CONFIG } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const meshed = (annotations: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web, sidecar.istio.io/inject: "true" }
      annotations: { ${annotations} }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

/** What waits for the proxy by itself. */
const WAITS = /pilot-agent|:1502[01]\b|scuttle|ENVOY_ADMIN_API/;

export const meshProxyStartsLate: RuleOf<'workload'> = {
  id: 'app/mesh-proxy-starts-late',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The network of a meshed pod leads through its proxy from the first moment. As an ordinary container the proxy starts beside the app, and until it has its routes every
connection of the app is refused; an app that does not try again dies on its first query. \`holdApplicationUntilProxyStarts\` lets the app wait. A proxy that is a native sidecar
starts before the app in any case.`,
  sources: [
    'https://istio.io/latest/docs/ops/common-problems/injection/#pod-or-containers-start-with-network-issues-if-istio-proxy-is-not-ready',
    'https://github.com/istio/istio/issues/11130',
  ],
  istio: '1.26',
  bad: meshed(''),
  good: meshed('proxy.istio.io/config: "holdApplicationUntilProxyStarts: true"'),
  check: (workload, world) => {
    const proxy = world.mesh.proxyOf(workload);
    if (proxy?.form !== 'classic' || proxy.holdsApp || waits(workload.pod)) return [];
    return [
      {
        field: workload.pod.annotationField(PROXY_CONFIG),
        problem:
          'without holdApplicationUntilProxyStarts the app starts beside its proxy, so that its first connections are refused',
        fix: 'add holdApplicationUntilProxyStarts: true to the annotation',
      },
    ];
  },
};

function waits({ containers }: PodFact): boolean {
  return containers.some(({ command, variables }) =>
    [...command, ...variables.map(({ name, value }) => `${name}=${value}`)].some((text) => WAITS.test(text)),
  );
}
