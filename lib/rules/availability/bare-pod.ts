// ZD-1
import { list } from '../../facts/read';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

/** The kubelet's picture of a pod that it runs from a file. */
const MIRROR = 'kubernetes.io/config.mirror';

export const barePod: RuleOf<'workload'> = {
  id: 'availability/bare-pod',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Nothing makes a pod again that has no controller. \`kubectl drain\` therefore refuses to empty its node, and if it is forced to, or
the node dies, the pod is gone for good.`,
  sources: ['https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/'],
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: web, image: "web:1.0" }]
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`,
  check: (workload) => {
    const isOwned = list(workload.at('metadata', 'ownerReferences')).length > 0;
    const ends = (workload.spec.restartPolicy ?? 'Always') !== 'Always';
    if (!workload.isOf('', 'Pod') || isOwned || ends || MIRROR in workload.annotations) return [];
    const problem = 'a pod without a controller, so that a drain refuses to remove it, and nothing makes it again';
    return [{ field: 'kind', problem, fix: 'make it a Deployment, or a Job if it ends' }];
  },
};
