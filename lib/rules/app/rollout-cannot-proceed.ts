// SD-8, RO-3
import { ArgoRolloutFact, isStuck } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

export const rolloutCannotProceed: RuleOf<'workload'> = {
  id: 'app/rollout-cannot-proceed',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A roll-out goes on by one of two steps: it starts a pod more than there should be, or it stops one first. If both are forbidden there is no
first step. The API server refuses such a Deployment. It takes such a Rollout of Argo, whose controller then does nothing with it any more.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
    'https://github.com/argoproj/argo-rollouts/blob/v1.9.1/pkg/apis/rollouts/validation/validation.go',
  ],
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
  check: (workload) => {
    const isArgo = workload instanceof ArgoRolloutFact;
    const limits = isArgo ? workload.surge : workload.rollout;
    if (limits === undefined || !isStuck(limits)) return [];
    const { field, maxSurge, maxUnavailable } = limits;
    const refused = isArgo ? 'Argo refuses the whole Rollout' : 'the API server refuses the Deployment';
    return [
      {
        field: `${field}${isArgo ? '' : '.rollingUpdate'}.maxUnavailable`,
        problem: `${maxUnavailable}, while maxSurge is ${maxSurge}, so that no roll-out can begin and ${refused}`,
        fix: `set maxSurge to 1${isArgo ? '' : '; with WebApp: surge: CountOrPercent.count(1)'}`,
      },
    ];
  },
};
