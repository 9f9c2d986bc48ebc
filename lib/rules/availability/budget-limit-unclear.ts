// PD-4
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const budget = (limits: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  ${limits}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: web } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

export const budgetLimitUnclear: RuleOf<'budget'> = {
  id: 'availability/budget-limit-unclear',
  severity: Severity.ERROR,
  appliesTo: 'budget',
  since: '0.1.0',
  why: `A budget has exactly one limit. With both \`minAvailable\` and \`maxUnavailable\` the API server refuses it; with neither it is
accepted, expects no pods, and therefore never lets one go: every drain of their nodes hangs. The limit is a number of pods, or
a percentage.`,
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget'],
  bad: budget('minAvailable: 2\n  maxUnavailable: 1'),
  good: budget('maxUnavailable: 1'),
  check: ({ spec }) => {
    const written = (['minAvailable', 'maxUnavailable'] as const).filter(
      (key) => (spec[key] ?? undefined) !== undefined,
    );
    const [only] = written;
    if (only !== undefined && written.length === 1) {
      if (isLimit(spec[only])) return [];
      const problem = `\`${spec[only]}\` is neither a number of pods nor a percentage up to 100%, so that the API server refuses the budget`;
      return [{ field: `spec.${only}`, problem, fix: 'use maxUnavailable: 1' }];
    }
    const problem =
      written.length === 0
        ? 'neither minAvailable nor maxUnavailable is written, so that no pod may ever go and no node under them can be drained'
        : `minAvailable ${spec.minAvailable} and maxUnavailable ${spec.maxUnavailable} are both written, so that the API server refuses the budget`;
    return [{ field: 'spec', problem, fix: 'use maxUnavailable: 1 alone' }];
  },
};

function isLimit(value: unknown): boolean {
  return typeof value === 'number' ? Number.isInteger(value) && value >= 0 : /^(100|\d{1,2})%$/.test(String(value));
}
