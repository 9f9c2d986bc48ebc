// CN-7
import type { WorkloadFact, World } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const pair = (selector: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { ${selector} } }
  template:
    metadata: { labels: { app: web, track: stable } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-canary }
spec:
  selector: { matchLabels: { app: web, track: canary } }
  template:
    metadata: { labels: { app: web, track: canary } }
    spec:
      containers: [{ name: web, image: "web:1.1" }]
`;

export const variantsShareSelector: RuleOf<'workload'> = {
  id: 'canary/variants-share-selector',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Kubernetes tells workloads to have selectors that do not overlap, and does not check it. The pods themselves stay apart, since each has an
owner; but all that asks a workload for its pods by the selector gets those of the other, too. An autoscaler measures the load of both, with one on
each both stop scaling, and \`kubectl logs deployment/web\` shows the canary. Give each a label of its own; the selector of a Deployment cannot be
changed, so it has to be made anew.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
    'https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/podautoscaler/horizontal.go',
  ],
  bad: pair('app: web'),
  good: pair('app: web, track: stable'),
  check: (target, world) => {
    if (!isRun(target, world)) return [];
    const { namespace, selector } = target;
    const others = world.workloadsIn(namespace, selector).filter((other) => isOther(other, target, world));
    if (others.length === 0) return [];
    const [scaler] = world.autoscalersOf(target);
    const effect =
      scaler === undefined
        ? 'that an autoscaler would measure both'
        : `that ${scaler.kind} ${scaler.name} measures both`;
    return [
      {
        field: 'spec.selector',
        problem: `${selector} selects the pods of ${listed(others.map(({ kind, name }) => `${kind} ${name}`))} too, so ${effect}`,
        fix: 'give each a label of its own in selector and pods, such as track: stable and track: canary',
      },
    ];
  },
};

function isRun(workload: WorkloadFact, world: World): boolean {
  return workload.isReplicated && world.delivery.canaryOf(workload) === undefined;
}

function isOther(other: WorkloadFact, target: WorkloadFact, world: World): boolean {
  const isSame = other.kind === target.kind && other.name === target.name;
  const isTemplate = world.rolloutOf(other) === target || world.rolloutOf(target) === other;
  return !isSame && !isTemplate && isRun(other, world);
}
