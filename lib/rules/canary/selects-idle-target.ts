// FL-2, PDB3
import { FlaggerCanaryFact } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const release = (label: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, part: shop } }
    spec:
      containers: [{ name: web, image: "web:1.0", ports: [{ containerPort: 8080 }] }]
---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  service: { port: 80, targetPort: 8080 }
  analysis: { interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10 }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { ${label} } }
  policyTypes: [Ingress]
  ingress: [{ ports: [{ port: 8080 }] }]
`;

export const selectsIdleTarget: RuleOf<'selecting'> = {
  id: 'canary/selects-idle-target',
  severity: Severity.ERROR,
  appliesTo: 'selecting',
  since: '0.1.0',
  why: `Flagger copies the Deployment, scales the original to zero, and lets the copy serve. On the copy it rewrites one label, the first of
\`app\`, \`name\` and \`app.kubernetes.io/name\` in the selector, to \`<value>-primary\`, and adapts nothing outside of the Deployment. What selects
the old value covers no pod that serves: the budget protects nothing, the policy fences nothing, the Service is empty. All other labels are kept.`,
  sources: [
    'https://github.com/fluxcd/flagger/blob/main/docs/gitbook/faq.md',
    'https://github.com/fluxcd/flagger/issues/1604',
  ],
  bad: release('app: web'),
  good: release('part: shop'),
  check: (target, world) => {
    const [workload] = world.workloadsOf(target).filter((one) => world.delivery.canaryOf(one) !== undefined);
    const label = workload && FlaggerCanaryFact.labelOf(workload);
    if (workload === undefined || label === undefined) return [];
    if (target.kind === 'Service' && world.delivery.makerOf(target.namespace, target.name) !== undefined) return [];
    if (world.selectingPrimaryOf(workload).some(({ kind }) => kind === target.kind)) return [];
    const primary = FlaggerCanaryFact.primaryLabels(workload);
    const other = Object.entries(primary).find(([key]) => key !== label);
    return [
      {
        field: SELECTOR[target.kind] ?? 'spec.selector',
        problem: `selects ${target.selector}, while Flagger gives the pods that serve ${label}=${primary[label]}, so that it covers none of them`,
        fix:
          other === undefined
            ? `give the pods of ${workload.kind} ${workload.name} a second label, and select that`
            : `select ${other[0]}: ${other[1]}, which Flagger leaves alone`,
      },
    ];
  },
};

const SELECTOR: Readonly<Record<string, string>> = { NetworkPolicy: 'spec.podSelector' };
