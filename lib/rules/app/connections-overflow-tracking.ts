// CT-1
import { isAmong, Reach, type WorkloadFact, type World } from '../../facts';
import { Severity } from '../../findings';
import { ConnectionLoad } from '../../values';
import { EXPECTS_CONNECTIONS } from '../../values/annotations';
import { TRACKED_CONNECTIONS } from '../../values/cluster-network';
import type { RuleOf } from '../rule';

const cache = (load: string) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: cache }
spec:
  selector: { matchLabels: { app: cache } }
  template:
    metadata: { labels: { app: cache }, annotations: { ${EXPECTS_CONNECTIONS}: ${load} } }
    spec:
      containers: [{ name: cache, image: "cache:1.0", ports: [{ containerPort: 11211 }] }]
`;

export const connectionsOverflowTracking: RuleOf<'workload'> = {
  id: 'app/connections-overflow-tracking',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A node remembers each connection, and an ended one for two minutes more. A thousand short ones in a second are 120 000 entries. When the table is full, the kernel drops packets of
new connections, of all pods of the node. Connections that are kept alive need few entries; for servers that cannot have that, connections can go untracked.`,
  sources: [
    'https://www.kernel.org/doc/html/latest/networking/nf_conntrack-sysctl.html',
    'https://www.tigera.io/blog/when-linux-conntrack-is-no-longer-your-friend/',
  ],
  bad: cache('1100/s 0'),
  good: cache('1000/s 5000'),
  check: (workload, world) => {
    const load = ConnectionLoad._parse(workload.pod.annotations[EXPECTS_CONNECTIONS]);
    if (load === undefined) return [];
    const { perSecond, simultaneous, trackedEntries } = load;
    const tracked = workload.target.network?.trackedConnections ?? TRACKED_CONNECTIONS;
    if (trackedEntries <= tracked || isUntracked(workload, world)) return [];
    const problem = `${perSecond} connections a second are ${trackedEntries - simultaneous} entries, each for 120 s, beside ${simultaneous} open ones, and a node tracks ${tracked}, after which it drops packets of all its pods`;
    const fix = `keep connections alive, use UntrackedService, or raise net.netfilter.nf_conntrack_max and say so: ClusterNetwork.of({ trackedConnections: ${trackedEntries} })`;
    return [{ field: workload.pod.annotationField(EXPECTS_CONNECTIONS), problem, fix }];
  },
};

/** Whether a policy leaves the connections to one of its ports untracked. */
function isUntracked({ pod }: WorkloadFact, world: World): boolean {
  if (!pod.isOnHost) return false;
  const rules = Reach.of(world).policies.flatMap(({ atHosts, rules: { ingress = [] } }) =>
    atHosts?.hook === 'untracked' ? ingress : [],
  );
  return rules.some(
    ({ action, destination: { ports } }) =>
      action === 'Allow' && pod.ports.some(({ number }) => isAmong(ports, number)),
  );
}
