// FL-1
import { FLAGGER_LABELS, FlaggerCanaryFact } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';
import { canary, steadyAnalysis } from './release-snippet';

const COPIED = ['Deployment', 'DaemonSet'];

const release = (label: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { ${label}: web } }
  template:
    metadata: { labels: { ${label}: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
---${canary(steadyAnalysis)}`;

export const flaggerFindsNoLabel: RuleOf<'canary'> = {
  id: 'canary/flagger-finds-no-label',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `Flagger tells the pods of its copy from those of the target by one label, and takes the first of \`app\`, \`name\` and
\`app.kubernetes.io/name\` that stands in \`selector.matchLabels\` of the target. Where there is none it makes no copy and no Service, and the
Canary stays in its first phase. It may have been started with other labels (\`-selector-labels\`), so this is a warning. The selector of a live
Deployment cannot be changed: give it one of the three before the first apply.`,
  sources: ['https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/canary/deployment_controller.go'],
  bad: release('component'),
  good: release('app'),
  check: (target, world) => {
    const workload = world.workload(target.namespace, target.targetKey);
    if (workload === undefined || !COPIED.includes(workload.kind)) return [];
    if (FlaggerCanaryFact.labelOf(workload) !== undefined) return [];
    const [label] = Object.keys(workload.selector.labels);
    const other = label === undefined ? '' : `, or start Flagger with -selector-labels=${label}`;
    return [
      {
        field: 'spec.targetRef',
        problem: `the selector of ${workload.kind} ${workload.name} has none of ${listed(FLAGGER_LABELS)} in matchLabels, so that Flagger makes no copy and no Service`,
        fix: `select the pods by app: ${workload.name}${other}`,
      },
    ];
  },
};
