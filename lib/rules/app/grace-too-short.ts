// SD-1, SC-8
import type { ContainerFact, PodFact } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const MARGIN = 5;

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
    const slowest = Math.max(0, ...pod.containers.map((container) => stopSeconds(pod, container)));
    const sidecars = pod.drain === undefined ? [] : pod.sidecars.map(({ name }) => pod.sidecarStop(name));
    const needed = sidecars.reduce((sum, seconds) => sum + seconds, slowest);
    if (needed === 0 || pod.grace > needed || pod.containers.some((c) => outlastsGrace(pod, c))) return [];
    return [
      {
        field: `${pod.field}.terminationGracePeriodSeconds`,
        problem: `${pod.grace}s, but ${describe(pod, slowest, sidecars)} need ${needed}s, so that the pod is killed while it works`,
        fix: `set shutdown.grace to Duration.seconds(${needed + MARGIN}) or more`,
      },
    ];
  },
};

/** Seconds from the request to stop until this container has ended. */
function stopSeconds(pod: PodFact, container: ContainerFact): number {
  const own = pod.apps.includes(container) ? (pod.drain ?? 0) : pod.sidecarStop(container.name);
  return (container.preStop?.seconds ?? 0) + own;
}

/** The API server refuses this one: app/pre-stop-refused speaks of it. */
function outlastsGrace(pod: PodFact, { preStop }: ContainerFact): boolean {
  return preStop?.isSleep === true && preStop.seconds > pod.grace;
}

function describe(pod: PodFact, slowest: number, sidecars: readonly number[]): string {
  const app = pod.containers.find((container) => stopSeconds(pod, container) === slowest);
  const delay = app?.preStop?.seconds ?? 0;
  const parts = [`delay ${delay}s`, `drain ${slowest - delay}s`, ...sidecars.map((seconds) => `sidecar ${seconds}s`)];
  return parts.join(' + ');
}
