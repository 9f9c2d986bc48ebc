import { isAmong, Reach, type WorkloadFact, type World } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const monitored = (port: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", ports: [{ name: metrics, containerPort: 9090 }] }]
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  podMetricsEndpoints: [{ port: metrics }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ ports: [{ port: ${port} }] }]
`;

export const scrapeCutOff: RuleOf<'monitor'> = {
  id: 'network/scrape-cut-off',
  severity: Severity.WARNING,
  appliesTo: 'monitor',
  since: '0.1.0',
  why: `A monitor says that Prometheus asks a port, and the policies of those pods let nobody in there. Metrics stop when the policy is applied, alerts on them never fire, and canaries whose gates
look at them are taken back. Where a policy opens the port to somebody, it is taken to be Prometheus.`,
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
    'https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor',
  ],
  bad: monitored(8080),
  good: monitored(9090),
  check: (target, world) =>
    target.endpoints.flatMap((endpoint) => {
      const closed = world.scraping
        .scrapesOf(target, endpoint)
        .filter(({ workload, port }) => isClosed(workload, port, world))
        .at(0);
      if (closed === undefined) return [];
      const { workload, port } = closed;
      const problem = `asks port ${port} of ${workload.kind} ${workload.name}, where policies let nobody in`;
      const fix = `allow it from Prometheus: { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }], ports: [{ port: ${port} }] }`;
      return [{ field: endpoint.field, problem, fix }];
    }),
};

/** Whether policies look at the pods, and none of their rules opens the port to anybody. */
export function isClosed(workload: WorkloadFact, port: number, world: World): boolean {
  const reach = Reach.of(world);
  const endpoint = reach.endpointOf(workload);
  if (endpoint?.kind !== 'pod' || world.mesh.isAmbient(workload)) return false;
  const policies = reach.policiesOf(endpoint, 'ingress');
  const names = workload.pod.ports.filter(({ number }) => number === port).map(({ name }) => name);
  return (
    policies.length > 0 &&
    !policies.some(({ rules }) =>
      rules.ingress?.some(
        ({ action, protocols, destination: { ports } }) =>
          (action === 'Allow' || action === 'Pass') &&
          (protocols.length === 0 || protocols.includes('TCP')) &&
          (ports.length === 0 || isAmong(ports, port, names)),
      ),
    )
  );
}
