// SD-8
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const web = (maxUnavailable: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 4
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

export const rolloutStopsAllPods: RuleOf<'workload'> = {
  id: 'app/rollout-stops-all-pods',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `\`maxUnavailable\` says how many pods a roll-out may take away at once. If that is all of them, they may all be stopped
before the first new one is ready, and nobody answers until then. A budget does not help: it holds for evictions only, not
for roll-outs.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable'],
  bad: web('100%'),
  good: web('25%'),
  check: (workload, world) => {
    const replacement = world.replacementOf(workload);
    if (replacement === undefined) return [];
    const { rollout, pods, stopped } = replacement;
    if (rollout.stopsFirst || pods < 2 || stopped < pods) return [];
    return [
      {
        field: `${rollout.field}.rollingUpdate.maxUnavailable`,
        problem: `${rollout.maxUnavailable} lets a roll-out stop all ${pods} pods before a new one is ready, so that nobody answers`,
        fix: 'set maxUnavailable to 0 and maxSurge to 1; with WebApp: rolloutUnavailable: CountOrPercent.count(0)',
      },
    ];
  },
};
