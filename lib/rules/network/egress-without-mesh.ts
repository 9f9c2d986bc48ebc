// NET1, CP-10
import { mayReach, type NetworkPolicyFact, opens, type PlatformPort, type WorkloadFact, type World } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';

const ISTIOD: PlatformPort = { protocol: 'TCP', numbers: [15012], names: /xds/, namespace: 'istio-system' };
/** The port through which the proxies of nodes carry connections between pods. */
const TUNNEL = 15008;

const fenced = (port: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, sidecar.istio.io/inject: "true" } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }${port}]
`;

export const egressWithoutMesh: RuleOf<'workload'> = {
  id: 'network/egress-without-mesh',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The proxy beside a pod's containers gets its certificate and its routes from istiod, on port 15012. Pods that may not connect there never become ready. In
a mesh without sidecars the nodes carry what pods send each other through port 15008, whatever port the app meant, and policies see that one. Policies of other kinds than
Kubernetes' own are not seen.`,
  sources: [
    'https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio',
    'https://istio.io/latest/docs/ambient/usage/networkpolicy/',
  ],
  bad: fenced(''),
  good: fenced(', { port: 15012 }'),
  check: (workload, world) => {
    const policies = world.fencesOf(workload);
    if (policies.length === 0) return [];
    if (world.mesh.isAmbient(workload)) return withoutTunnel(workload, policies, world);
    const rules = policies.flatMap(({ egress }) => egress);
    const isReached = rules.some((rule) => mayReach(rule, ISTIOD, workload.namespace));
    if (isReached || world.mesh.proxyOf(workload) === undefined) return [];
    const names = listed(policies.map(({ name }) => `NetworkPolicy ${name}`));
    const to = '[{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: istio-system } } }]';
    return [
      {
        field: workload.pod.labelsField,
        problem: `the pods may connect to what ${names} allows, which is not port 15012 of istiod, so that their proxy gets no certificate and they never become ready`,
        fix: `add to the egress of a policy: { to: ${to}, ports: [{ port: 15012 }] }`,
      },
    ];
  },
};

/** Other pods of the namespace, which is in the mesh too, are opened by the ports of their apps alone. */
function withoutTunnel(
  { pod, namespace }: WorkloadFact,
  policies: readonly NetworkPolicyFact[],
  world: World,
): Remark[] {
  const rules = policies.flatMap(({ name, egress }) => egress.map((rule) => ({ name, rule })));
  const lost = rules.find(({ rule }) => rule.peers.some(({ namespaces, pods }) => namespaces.isNull && !pods.isNull));
  const isCarried = rules.some(({ rule }) => opens(rule, 'TCP', TUNNEL));
  if (lost === undefined || isCarried || world.mesh.namespace(namespace)?.isAmbient !== true) return [];
  const problem = `the pods may connect to others of their namespace by the ports of the apps, but the mesh carries all of that through port ${TUNNEL}, which is not allowed, so that it is dropped`;
  return [
    {
      field: pod.labelsField,
      problem,
      fix: `add { port: ${TUNNEL} } to ${lost.rule.field}.ports of NetworkPolicy ${lost.name}`,
    },
  ];
}
