// NS-4
import { stoppedAtOnce } from '../../facts';
import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import type { RuleOf } from '../rule';

const app = (surge: number, unavailable: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: ${surge}, maxUnavailable: ${unavailable} } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: web } } }
      containers: [{ name: web, image: "web:1.0" }]
`;

export const antiAffinityBlocksRollout: RuleOf<'workload'> = {
  id: 'availability/anti-affinity-blocks-rollout',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Where each pod needs a node of its own and every node has one, a new pod cannot start before an old one has gone. A roll-out that may not take
one away first then waits for ever. Either a node is free, or the roll-out may stop one pod. Where there are more pods than nodes, some of them
never start, and no roll-out can ever be complete.`,
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
  ],
  bad: app(1, 0),
  good: app(0, 1),
  nodes: 3,
  check: (workload, world) => {
    const { rollout, pod, target } = workload;
    const pods = world.fewestPods(workload);
    const [rule] = pod.apartOnHosts;
    const { nodes } = target;
    if (rollout === undefined || rule === undefined || pods === undefined || nodes === undefined) return [];
    // one free node is enough: its new pod, once ready, lets an old one go, which frees the next
    if (pods < nodes || world.rolloutOf(workload) !== undefined) return [];
    const placed = `${counted(pods, 'pod')} on ${counted(nodes, 'node')} need a node each`;
    const stopsOne = rollout.stopsFirst || stoppedAtOnce(rollout, pods) > 0;
    if (pods > nodes) {
      const problem = `${placed}, so that not all of them ever start, and no roll-out ever ends`;
      const enough = stopsOne ? pods : pods + 1;
      return [
        {
          field: rule.field,
          problem,
          fix: `use ${enough} nodes, or a soft spread; with WebApp: spread: Spread.soft()`,
        },
      ];
    }
    if (stopsOne) return [];
    const problem = `${placed}, and a roll-out stops none before a new one runs, so that it never ends`;
    const fix = `use maxSurge: 0 with maxUnavailable: 1, ${pods + 1} nodes, or a soft spread; with WebApp: spread: Spread.soft()`;
    return [{ field: rule.field, problem, fix }];
  },
};
