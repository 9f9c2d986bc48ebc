import { isAmong, type MatchedRule, Reach, type ServiceFact, type World } from '../../facts';
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

export const clientAddressHidden: RuleOf<'service'> = {
  id: 'network/client-address-hidden',
  severity: Severity.WARNING,
  appliesTo: 'service',
  since: '0.1.0',
  why: `What comes by a NodePort or a load balancer may be sent on to a pod of another node, and then bears the address of the first node: the pod, and policies about it, do not see the client. A
policy that allows the client's network denies it. With \`externalTrafficPolicy: Local\` addresses are kept. Networks that nodes or pods may have are not spoken of.`,
  sources: [
    'https://kubernetes.io/docs/tutorials/services/source-ip/',
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-ipblock-selectors',
  ],
  bad: exposed(''),
  good: exposed('externalTrafficPolicy: Local, '),
  check: (target, world) => {
    const isExposed = target.spec.type === 'NodePort' || target.spec.type === 'LoadBalancer';
    if (!isExposed || target.spec.externalTrafficPolicy === 'Local') return [];
    const hidden = allowing(target, world).find(({ source }) => source.networks.length > 0);
    if (hidden === undefined) return [];
    const problem = `hides the addresses of clients behind those of nodes, so that ${hidden.policy}, which allows ${hidden.source.networks.join(', ')}, denies them`;
    const fix =
      'use externalTrafficPolicy: Local, or allow the network of the nodes and guard the NodePort: new NodePortGuard(...)';
    return [{ field: 'spec.externalTrafficPolicy', problem, fix }];
  },
};

/** The rules that let somebody in at the ports of its pods; none if nodes may be among those. */
function allowing(service: ServiceFact, world: World): readonly (MatchedRule & { readonly policy: string })[] {
  const reach = Reach.of(world);
  const isInside = insideOf(service);
  return world.workloadsOf(service).flatMap((workload) => {
    const endpoint = reach.endpointOf(workload);
    if (endpoint?.kind !== 'pod') return [];
    const ports = service.ports.flatMap(({ target }) =>
      target === undefined ? [] : [{ target, number: workload.pod.portNumber(target) ?? 0 }],
    );
    const rules = reach.policiesOf(endpoint, 'ingress').flatMap(({ object, rules: { ingress = [] } }) =>
      ingress
        .filter(({ action, destination }) => {
          const isThere = ({ target, number }: (typeof ports)[number]) =>
            isAmong(destination.ports, number, [String(target)]);
          return action !== 'Deny' && (destination.ports.length === 0 || ports.some(isThere));
        })
        .map((rule) => ({ ...rule, policy: `${object.kind} ${object.name}` })),
    );
    const isForNodes = ({ source }: MatchedRule) =>
      source.selects === undefined && (source.networks.length === 0 || source.networks.some(isInside));
    return rules.some(isForNodes) ? [] : rules;
  });
}

/** Whether nodes or pods may have addresses of a network. */
function insideOf({ target: { network } }: ServiceFact): (one: Network) => boolean {
  const own = [...(network?.nodes ?? []), ...(network?.pods ?? []), ...(network?.tunnels ?? [])];
  const inside = [...INSIDE, ...own].flatMap((one) => Network.parse(one) ?? []);
  return (one) => inside.some((other) => other.overlaps(one));
}
