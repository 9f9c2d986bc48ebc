import type { EffectiveRule, ServiceFact, WorkloadFact, World } from '../../facts';
import { Severity } from '../../findings';
import { Network } from '../../values/ip-network';
import type { RuleOf } from '../rule';
import { servingPods } from './calico-snippet';

const exposed = (local: string) => `${servingPods('web', 8080)}
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, ${local}selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 31852 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ports: [{ port: 8080 }] }]
`;

const INSIDE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

export const clientAddressHidden: RuleOf<'policy'> = {
  id: 'network/client-address-hidden',
  severity: Severity.WARNING,
  appliesTo: 'policy',
  since: '0.1.0',
  why: `What comes by a NodePort or a load balancer may be sent on to a pod of another node, and then bears the address of the first node: the pod, and policies about it, do not see the client. A
policy that allows the client's network denies it. With \`externalTrafficPolicy: Local\` addresses are kept. Networks that nodes or pods may have are not spoken of.`,
  sources: [
    'https://kubernetes.io/docs/tutorials/services/source-ip/',
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-ipblock-selectors',
  ],
  bad: exposed(''),
  good: exposed('externalTrafficPolicy: Local, '),
  check: (target, world) =>
    target.effective.flatMap((rule) => {
      const outside = clientNetworks(rule, world);
      if (rule.direction !== 'ingress' || outside.length === 0) return [];
      const hidden = world
        .workloadsOf(target)
        .flatMap((workload) => hidingServices(workload, rule, world))
        .at(0);
      if (hidden === undefined) return [];
      const problem = `${outside[0]} is a network of clients, and Service ${hidden.name} hides their addresses behind those of nodes, so that they are denied`;
      const fix = `give the Service externalTrafficPolicy: Local, or allow the network of the nodes and guard the NodePort: new NodePortGuard(...)`;
      return [{ field: rule.field, problem, fix }];
    }),
};

/** Networks of a rule that are neither those of nodes or pods, nor may be. */
function clientNetworks({ peers }: EffectiveRule, { objects }: World): string[] {
  const network = objects[0]?.target.network;
  const own = [...(network?.nodes ?? []), ...(network?.pods ?? []), ...(network?.tunnels ?? [])];
  const inside = [...INSIDE, ...own].flatMap((one) => Network.parse(one) ?? []);
  const all = peers.map(({ cidr }) => (cidr === undefined ? undefined : Network.parse(cidr)));
  // whoever allows more than clients may mean both
  if (all.some((one) => one === undefined || inside.some((other) => other.contains(one) || one.contains(other)))) {
    return [];
  }
  return all.map(String);
}

function hidingServices(workload: WorkloadFact, { ports }: EffectiveRule, world: World): ServiceFact[] {
  return world.servicesOf(workload).filter((service) => {
    const isExposed = service.spec.type === 'NodePort' || service.spec.type === 'LoadBalancer';
    if (!isExposed || service.spec.externalTrafficPolicy === 'Local') return false;
    return service.ports.some(({ target }) => {
      const number = target === undefined ? undefined : workload.pod.portNumber(target);
      return ports.length === 0 || ports.some(({ port }) => port === undefined || port === number || port === target);
    });
  });
}
