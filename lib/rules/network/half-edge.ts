// CP-3
import { type EffectiveRule, type Endpoint, type PolicyPort, Reach, type World } from '../../facts';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';

const deployment = (name: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers: [{ name: ${name}, image: "${name}:1.0", ports: [{ containerPort: 8080 }] }]
---`;
const policies = (from: string) => `${deployment('web')}${deployment('api')}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: api } } }]
      ports: [{ port: 8080 }]
    - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${from} } } }], ports: [{ port: 8080 }] }]
`;

export const halfEdge: RuleOf<'policy'> = {
  id: 'network/half-edge',
  severity: Severity.WARNING,
  appliesTo: 'policy',
  since: '0.1.0',
  why: `A connection has to be allowed twice: where it leaves, and where it arrives. A policy that lets one app connect to the pods of another by name is meant to open something; where
the other one's policies do not let it in, nothing is open, and the app sees timeouts. All policies together decide, those of Calico and of administrators too.`,
  sources: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation'],
  bad: policies('frontend'),
  good: policies('web'),
  check: (target, world) => {
    const reach = Reach.of(world);
    const rules = target.effective.filter(({ direction }) => direction === 'egress');
    const senders = reach.podsOf(target, 'egress').slice(0, 1);
    return senders.flatMap((from) =>
      rules.flatMap((rule) =>
        receiversOf(rule, target.namespace, world, reach).flatMap((to) => closedAt(to, from, rule, reach)),
      ),
    );
  },
};

/** The pods of the input that the rule names by their labels. */
function receiversOf({ peers }: EffectiveRule, namespace: string, world: World, reach: Reach): readonly Endpoint[] {
  const named = peers.filter(({ pods, namespaces }) => !pods.isNull && !pods.isEmpty && namespaces.isNull);
  const workloads = new Set(named.flatMap(({ pods }) => world.workloadsIn(namespace, pods)));
  return [...workloads].flatMap((workload) => reach.endpointOf(workload) ?? []);
}

/** What closes every port of a rule at those who are connected to; nothing where one of them is open. */
function closedAt(to: Endpoint, from: Endpoint, { field, ports }: EffectiveRule, reach: Reach): Remark[] {
  const asked = portsTo(ports, to).map((one) => {
    const { ingress } = reach.verdict({ from, to, ...one });
    return { ...one, policy: ingress?.isAllowed === false ? ingress.policy : undefined };
  });
  if (asked.some(({ policy }) => policy === undefined)) return [];
  const [sender, receiver] = [from, to].map(({ name }) => name.slice(name.indexOf('/') + 1));
  return asked.slice(0, 1).map(({ port, protocol, policy }) => {
    const problem = `opens the way to ${receiver}, whose policies (${policy?.kind} ${policy?.name}) do not let ${sender} in at port ${port}/${protocol}`;
    return { field, problem, fix: `allow ${sender} in a policy of ${receiver} too, or remove this rule` };
  });
}

/** The ports that the rule opens, by number; those that the containers name where it opens all. */
function portsTo(ports: readonly PolicyPort[], { workload }: Endpoint): { port: number; protocol: string }[] {
  const declared = (workload?.pod.all ?? []).flatMap((container) => container.ports);
  if (ports.length === 0) return declared.map(({ number, protocol }) => ({ port: number, protocol }));
  return ports.flatMap(({ port, protocol }) => {
    const numbers =
      typeof port === 'number' ? [port] : declared.flatMap((one) => (one.name === port ? one.number : []));
    return numbers.map((number) => ({ port: number, protocol }));
  });
}
