// SG-1
import { Severity } from '../../findings';
import { KubernetesFeature } from '../../values/kubernetes-version';
import type { RuleOf } from '../rule';

export const stopSignalRefused: RuleOf<'workload'> = {
  id: 'app/stop-signal-refused',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A pod may choose the signal that stops a container. Which signals there are depends on the operating system, so the API
server wants to know it in \`spec.os.name\` and refuses the pod otherwise. A release without this feature drops the field, and
the signal of the image is sent, which is SIGTERM in most cases.`,
  sources: [
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/4960-container-stop-signals',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-stop-signals',
  ],
  kubernetes: '1.37',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", lifecycle: { stopSignal: SIGQUIT } }]
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
      os: { name: linux }
      containers: [{ name: web, image: "web:1.0", lifecycle: { stopSignal: SIGQUIT } }]
`,
  check: (workload) => {
    const { pod } = workload;
    const lacking = workload.lacking(KubernetesFeature.STOP_SIGNAL);
    if (lacking === undefined && pod.os !== undefined) return [];
    return pod.running.flatMap(({ field, stopSignal }) => {
      if (stopSignal === undefined) return [];
      return [
        {
          field: `${field}.lifecycle.stopSignal`,
          problem:
            lacking === undefined
              ? `${stopSignal} without spec.os.name, so that the API server refuses the pod`
              : `${lacking}, so that the container does not get ${stopSignal}`,
          fix:
            lacking === undefined
              ? `set ${pod.field}.os to { name: linux }`
              : `remove it and set STOPSIGNAL ${stopSignal} in the image`,
        },
      ];
    });
  },
};
