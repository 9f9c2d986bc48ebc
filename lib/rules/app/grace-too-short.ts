// SD-1, SC-8
import type { ContainerFact, PodFact } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

/** Seconds that a grace period should be longer than what has to fit into it. */
export const MARGIN = 5;

export const graceTooShort: RuleOf<'workload'> = {
  id: 'app/grace-too-short',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The grace period starts when the pod is told to stop, and everything has to fit into it: the preStop hook, the
requests or tasks that are still in flight, and then, one after the other, the sidecars, which are told to stop only after
the last container of the app has ended. What is not done by then is killed, and its clients see a broken connection.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
  ],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations: { cdk8s-patterns/drain: 40s }
    spec:
      terminationGracePeriodSeconds: 30
      containers:
        - { name: web, image: "web:1.0", lifecycle: { preStop: { sleep: { seconds: 5 } } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations: { cdk8s-patterns/drain: 40s }
    spec:
      terminationGracePeriodSeconds: 50
      containers:
        - { name: web, image: "web:1.0", lifecycle: { preStop: { sleep: { seconds: 5 } } } }
`,
  check: ({ pod }) => {
    const { slowest, sidecars, total } = pod.stop;
    if (total === 0 || pod.grace > total || pod.containers.some((c) => outlastsGrace(pod, c))) return [];
    const delay = slowest?.delay ?? 0;
    const drain = (slowest?.seconds ?? 0) - delay;
    const parts = [`delay ${delay}s`, `drain ${drain}s`, ...sidecars.map((seconds) => `sidecar ${seconds}s`)];
    return [
      {
        field: `${pod.field}.terminationGracePeriodSeconds`,
        problem: `${pod.grace}s, but ${parts.join(' + ')} need more than ${total}s, so that the pod is killed while it works`,
        fix: `set terminationGracePeriodSeconds to ${total + MARGIN} or more; with WebApp: grace: Duration.seconds(${total + MARGIN})`,
      },
    ];
  },
};

/** The API server refuses this one: app/pre-stop-refused speaks of it. */
function outlastsGrace(pod: PodFact, { preStop }: ContainerFact): boolean {
  return preStop?.isSleep === true && preStop.seconds > pod.grace;
}
