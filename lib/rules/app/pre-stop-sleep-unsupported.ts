// SD-4
import { Severity } from '../../findings';
import { KubernetesFeature } from '../../values/kubernetes-version';
import type { RuleOf } from '../rule';

export const preStopSleepUnsupported: RuleOf<'workload'> = {
  id: 'app/pre-stop-sleep-unsupported',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A kubelet from before the sleep action does not know the field and says nothing about it. The pod has no delay then: it
stops at once, while the other nodes still send requests to it. The kubelets count, not only the API server, and they are
often older.`,
  sources: ['https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/3960-pod-lifecycle-sleep-action'],
  kubernetes: '1.29',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "web:1.0", lifecycle: { preStop: { sleep: { seconds: 7 } } } }
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
      containers:
        - { name: web, image: "web:1.0", lifecycle: { preStop: { exec: { command: [sleep, "7"] } } } }
`,
  check: (workload) => {
    const needed = workload.lacking(KubernetesFeature.PRE_STOP_SLEEP);
    if (needed === undefined) return [];
    return workload.pod.running.flatMap(({ preStop }) => {
      if (preStop?.isSleep !== true) return [];
      return [
        {
          field: `${preStop.field}.sleep`,
          problem: `${needed}, so that the field is dropped, and the server refuses the empty hook, or an old kubelet stops the container at once`,
          fix: `use preStop: { exec: { command: [sleep, "${preStop.seconds}"] } }`,
        },
      ];
    });
  },
};
