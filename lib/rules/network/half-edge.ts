// CP-3
import { type EffectiveRule, type PolicyPort, Reach, type WorkloadFact, type World } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

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
    const senders = world.workloadsOf(target).slice(0, 1);
    return target.effective.flatMap((rule) => {
      if (rule.direction !== 'egress') return [];
      return senders.flatMap((sender) =>
        receiversOf(rule, target.namespace, world).flatMap((receiver) => {
          const [from, to] = [reach.endpointOf(sender), reach.endpointOf(receiver)];
          const ports = portsTo(rule.ports, receiver);
          if (from === undefined || to === undefined || from === to || ports.length === 0) return [];
          const verdicts = ports.map(({ port, protocol }) => ({
            port,
            protocol,
            ...reach.verdict({ from, to, port, protocol }),
          }));
          if (verdicts.some(({ isAllowed, ingress }) => isAllowed || ingress?.isAllowed !== false)) return [];
          const [first] = verdicts;
          const by = first?.ingress?.policy;
          const problem = `opens the way to ${receiver.name}, whose policies (${by?.kind} ${by?.name}) do not let ${sender.name} in at port ${first?.port}/${first?.protocol}`;
          const fix = `allow ${sender.name} in a policy of ${receiver.name} too, or remove this rule`;
          return [{ field: rule.field, problem, fix }];
        }),
      );
    });
  },
};

/** The workloads of the input that the rule names by labels of their pods. */
function receiversOf({ peers }: EffectiveRule, namespace: string, world: World): readonly WorkloadFact[] {
  const named = peers.filter(({ pods, namespaces }) => !pods.isNull && !pods.isEmpty && namespaces.isNull);
  return [...new Set(named.flatMap(({ pods }) => world.workloadsIn(namespace, pods)))];
}

/** The ports that the rule opens, by number; those that the containers name where it opens all. */
function portsTo(ports: readonly PolicyPort[], { pod }: WorkloadFact): { port: number; protocol: string }[] {
  const declared = pod.all.flatMap((container) => container.ports);
  if (ports.length === 0) return declared.map(({ number, protocol }) => ({ port: number, protocol }));
  return ports.flatMap(({ port, protocol }) => {
    if (typeof port === 'number') return [{ port, protocol }];
    const found = declared.find((one) => one.name === port);
    return found === undefined ? [] : [{ port: found.number, protocol }];
  });
}
