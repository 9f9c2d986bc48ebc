// SD-8, NS-4
import type { PodFact, Replacement } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const FEW_PODS = 3;

const web = (maxUnavailable: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  minReadySeconds: 5
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: ${maxUnavailable} } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }
      containers:
        - name: web
          image: web:1.0
          ports: [{ containerPort: 8080 }]
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: web } }
`;

export const rolloutDropsCapacity: RuleOf<'workload'> = {
  id: 'app/rollout-drops-capacity',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Two or three pods are chosen so that one may be lost. A roll-out that stops an old pod before a new one is ready uses up
that reserve itself, and a node that fails at this moment takes the app down. With a surge the new pod comes first.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy'],
  bad: web(1),
  good: web(0),
  check: (workload, world) => {
    const replacement = world.replacementOf(workload);
    if (replacement === undefined || replacement.pods < 2 || replacement.pods > FEW_PODS) return [];
    const { rollout, pods, stopped } = replacement;
    const isLoss = rollout.stopsFirst || (stopped >= 1 && stopped < pods);
    if (!isLoss || hasNoRoomForSurge(workload.pod, replacement)) return [];
    const limit = rollout.stopsFirst ? 'type' : 'rollingUpdate.maxUnavailable';
    const cause = rollout.stopsFirst ? 'Recreate' : rollout.maxUnavailable;
    return [
      {
        field: `${rollout.field}.${limit}`,
        problem: `${cause} lets a roll-out stop ${stopped} of ${pods} pods before a new one is ready, so that capacity is missing`,
        fix: 'use type: RollingUpdate with maxUnavailable: 0 and maxSurge: 1; with WebApp: rolloutUnavailable: CountOrPercent.count(0)',
      },
    ];
  },
};

/** Where each pod needs a node of its own, one has to go before another can come. */
function hasNoRoomForSurge(pod: PodFact, { rollout, pods, stopped }: Replacement): boolean {
  if (rollout.stopsFirst || rollout.maxSurge.roundedUp(pods) > 0 || stopped > 1) return false;
  return pod.apartOnHosts.length > 0 || pod.takesHostPorts;
}
