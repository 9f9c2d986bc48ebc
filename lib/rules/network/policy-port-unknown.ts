// NET4, CP-4
import { PORT_OF_PROXY, type PolicyPort, type WorkloadFact } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';

const policy = (port: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ ports: [{ port: ${port} }] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", ports: [{ name: http, containerPort: 8080 }] }]
`;

export const policyPortUnknown: RuleOf<'policy'> = {
  id: 'network/policy-port-unknown',
  severity: Severity.WARNING,
  appliesTo: 'policy',
  since: '0.1.0',
  why: `A port that a policy gives by name is looked up in each pod that the connections go to, together with the protocol, which is TCP where the policy says
none. Where no container declares it, the rule allows nothing at all, and nothing complains.`,
  sources: [
    'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec',
  ],
  bad: policy('web'),
  good: policy('http'),
  check: (target, world) =>
    target.effective.flatMap((rule) => {
      const listeners = world.listenersOf(target, rule);
      return listeners.some(({ pod }) => pod.all.length > 0)
        ? rule.ports.flatMap((port) => unknown(port, listeners))
        : [];
    }),
};

function unknown({ field, port, protocol }: PolicyPort, listeners: readonly WorkloadFact[]): Remark[] {
  const declared = listeners.flatMap(({ pod }) => pod.ports);
  const bearers = declared.filter(({ name }) => name === port);
  if (typeof port !== 'string' || PORT_OF_PROXY.test(port)) return [];
  if (bearers.some((one) => one.protocol === protocol)) return [];
  const who = listed(listeners.map(({ kind, name }) => `${kind} ${name}`));
  const [other] = bearers;
  if (other !== undefined) {
    const problem = `\`${port}\` of ${who} is a port of ${other.protocol}, not of ${protocol}, so that the rule allows nothing`;
    return [{ field: `${field}.protocol`, problem, fix: `set protocol: ${other.protocol}` }];
  }
  const problem = `no container of ${who} declares a port named \`${port}\`, so that the rule allows nothing`;
  const names = [...new Set(declared.flatMap(({ name }) => name ?? []))];
  const fix = names.length === 0 ? 'name the port of the container, or give its number' : `use one of ${listed(names)}`;
  return [{ field: `${field}.port`, problem, fix: /^\d+$/.test(port) ? `write ${port} without quotes` : fix }];
}
