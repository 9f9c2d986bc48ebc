// SD-3
import type { PreStop } from '../../facts';
import { Severity } from '../../findings';
import { KubernetesFeature } from '../../values/kubernetes-version';
import type { RuleOf } from '../rule';

const MIN_DELAY = 5;

const served = (lifecycle: string) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: web:1.0
          ports: [{ containerPort: 8080 }]
          lifecycle: ${lifecycle}
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
`;

export const noShutdownDelay: RuleOf<'workload'> = {
  id: 'app/no-shutdown-delay',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `When a pod is to stop, its kubelet hears of it at the same time as everything that sends requests to it, and the kubelet
is faster. For some seconds requests still arrive at a process that has closed its port. A preStop hook that waits lets the
process work on until the last node has taken the pod out of its tables.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow',
    'https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/',
  ],
  bad: served('{}'),
  good: served('{ preStop: { sleep: { seconds: 5 } } }'),
  check: (workload, world) =>
    world.served(workload).flatMap(({ container, service }) => {
      const { delay, preStop } = container;
      if (delay === undefined || delay >= MIN_DELAY) return [];
      const found = preStop === undefined ? 'missing' : `a delay of ${delay}s, at least ${MIN_DELAY}s are needed`;
      const hasSleep = workload.lacking(KubernetesFeature.PRE_STOP_SLEEP) === undefined;
      return [
        {
          field: `${container.field}.lifecycle.preStop`,
          problem: `${found}, so that requests of Service ${service.name} still arrive when the process has stopped`,
          fix: `${remedy(preStop, hasSleep)}; with WebApp: shutdown: Shutdown.graceful({ delay: Duration.seconds(${MIN_DELAY}) })`,
        },
      ];
    }),
};

function remedy(preStop: PreStop | undefined, hasSleep: boolean): string {
  if (preStop?.isExec === true) return `let the hook wait first: command: [sh, -c, "sleep ${MIN_DELAY}; ..."]`;
  return hasSleep
    ? `use preStop: { sleep: { seconds: ${MIN_DELAY} } }`
    : `use preStop: { exec: { command: [sleep, "${MIN_DELAY}"] } }`;
}
