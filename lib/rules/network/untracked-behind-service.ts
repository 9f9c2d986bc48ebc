// CT-4, CT-5
import { isAmong, type MatchedRule, Reach, type ServiceFact, type World } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { OPEN_HOST, servingPods } from './calico-snippet';

const cache = (clusterIp: string) => `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: cache }
spec:
  doNotTrack: true
  applyOnForward: true
  selector: role == 'edge'
  types: [Ingress, Egress]
  ingress: [{ action: Allow, protocol: TCP, destination: { ports: [11211] } }]
  egress: [{ action: Allow, protocol: TCP, source: { ports: [11211] } }]
---${OPEN_HOST}---${servingPods('cache', 11211, '      hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet\n')}
apiVersion: v1
kind: Service
metadata: { name: cache }
spec: { ${clusterIp}selector: { app: cache }, ports: [{ port: 11211 }] }
`;

export const untrackedBehindService: RuleOf<'service'> = {
  id: 'network/untracked-behind-service',
  severity: Severity.ERROR,
  appliesTo: 'service',
  since: '0.1.0',
  why: `The address of a Service, or a NodePort, is translated to that of a pod, and answers are translated back because their connection is known. Where connections are not tracked,
nobody knows it: requests arrive, and answers come from an address that the client has never asked. Clients of an untracked server ask the nodes themselves, whose addresses a headless Service tells.`,
  sources: ['https://docs.tigera.io/calico/latest/network-policy/extreme-traffic/high-connection-workloads'],
  bad: cache(''),
  good: cache('clusterIP: None, '),
  check: (target, world) => {
    if (target.isHeadless || target.isExternal) return [];
    const untracked = Reach.of(world).policies.filter(({ atHosts }) => atHosts?.hook === 'untracked');
    const ports = numbersBehind(target, world);
    const hit = untracked.flatMap(({ object, rules }) =>
      ports.filter((port) => rules.ingress?.some((rule) => opens(rule, port))).map((port) => ({ object, port })),
    )[0];
    if (hit === undefined) return [];
    const problem = `has an address of its own, which is translated, and ${hit.object.kind} ${hit.object.name} does not track connections to port ${hit.port} of its pods`;
    return [{ field: 'spec.clusterIP', problem, fix: 'use clusterIP: None' }];
  },
};

function opens({ action, destination }: MatchedRule, port: number): boolean {
  return action === 'Allow' && isAmong(destination.ports, port);
}

/** The ports of nodes behind a Service; pods with a network of their own are tracked whatever the policy says. */
function numbersBehind(service: ServiceFact, world: World): number[] {
  const pods = world.workloadsOf(service).filter(({ pod }) => pod.isOnHost);
  return pods.flatMap(({ pod }) =>
    service.ports.flatMap(({ target }) => (target === undefined ? [] : (pod.portNumber(target) ?? []))),
  );
}
