// SG-1
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const app = (lifecycle: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      os: { name: linux }
      containers: [{ name: web, image: "web:1.0"${lifecycle} }]
`;

export const stopSignalIgnored: RuleOf<'workload'> = {
  id: 'app/stop-signal-ignored',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A pod may choose the signal that stops a container, but up to Kubernetes 1.37 only where the feature gate ContainerStopSignals was
switched on. Everywhere else the API server takes the pod and drops the field without a word, and the container gets the signal of its
image, which is SIGTERM in most cases. With the gate on, the API server takes it only beside \`spec.os.name\`.`,
  sources: [
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/4960-container-stop-signals',
    'https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/features/kube_features.go',
  ],
  bad: app(', lifecycle: { stopSignal: SIGQUIT }'),
  good: app(''),
  check: ({ pod }) =>
    pod.running.flatMap(({ field, stopSignal }) => {
      if (stopSignal === undefined) return [];
      return [
        {
          field: `${field}.lifecycle.stopSignal`,
          problem: `${stopSignal} is sent only where the feature gate ContainerStopSignals is on; elsewhere the field is dropped, and the container gets the signal of its image`,
          fix: `remove it and set STOPSIGNAL ${stopSignal} in the image; with WebApp: shutdown: Shutdown.graceful({ stop: StopStrategy.signal('${stopSignal}') })`,
        },
      ];
    }),
};
