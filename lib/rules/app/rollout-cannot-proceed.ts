// SD-8
import { isStuck } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

export const rolloutCannotProceed: RuleOf<'workload'> = {
  id: 'app/rollout-cannot-proceed',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A roll-out goes on by one of two steps: it starts a pod more than there should be, or it stops one first. If both are
forbidden there is no first step. The API server refuses such a Deployment.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable'],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`,
  check: ({ rollout }) => {
    if (rollout === undefined || !isStuck(rollout)) return [];
    return [
      {
        field: `${rollout.field}.rollingUpdate.maxUnavailable`,
        problem: `${rollout.maxUnavailable}, while maxSurge is ${rollout.maxSurge}, so that no roll-out can begin and the API server refuses the Deployment`,
        fix: 'set maxSurge to 1; with WebApp: surge: CountOrPercent.count(1)',
      },
    ];
  },
};
