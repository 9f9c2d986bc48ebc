// SD-6
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const AUTOSCALER_WAITS = 600;
const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

export const graceBeyondNodeLimits: RuleOf<'workload'> = {
  id: 'app/grace-beyond-node-limits',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Whoever takes a node away has a patience of its own. The cluster autoscaler waits ten minutes for the pods of a node,
unless it was told otherwise, and then removes the node whatever they say. A longer grace period holds in tests and is cut off
on the day when the cluster shrinks.`,
  sources: [
    'https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md',
    'https://github.com/kubernetes/kubernetes/issues/94435',
  ],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: encoder }
spec:
  selector: { matchLabels: { app: encoder } }
  template:
    metadata: { labels: { app: encoder } }
    spec:
      terminationGracePeriodSeconds: 3600
      containers: [{ name: encoder, image: "encoder:1.0" }]
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: encoder }
spec:
  selector: { matchLabels: { app: encoder } }
  template:
    metadata: { labels: { app: encoder } }
    spec:
      terminationGracePeriodSeconds: 600
      containers: [{ name: encoder, image: "encoder:1.0" }]
`,
  check: ({ pod }) => {
    if (pod.grace <= AUTOSCALER_WAITS || pod.annotations[SAFE_TO_EVICT] === 'false') return [];
    return [
      {
        field: `${pod.field}.terminationGracePeriodSeconds`,
        problem: `${pod.grace}s, but the cluster autoscaler waits ${AUTOSCALER_WAITS}s by default, so that the pod is cut off there`,
        fix: `set terminationGracePeriodSeconds to ${AUTOSCALER_WAITS} or less, or annotate the pod with ${SAFE_TO_EVICT}: "false"`,
      },
    ];
  },
};
