// a workload selector that does not match its template
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const app = (label: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: ${label} } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

export const selectorMissesTemplate: RuleOf<'workload'> = {
  id: 'app/selector-misses-template',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A workload counts the pods that its selector finds. One that does not find the pods of its own template would make pods for ever, so
the API server refuses it.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],
  bad: app('wev'),
  good: app('web'),
  check: (workload) => {
    const { selector, pod } = workload;
    const selects = workload.isReplicated || workload.isOf('apps', 'DaemonSet');
    if (!selects || workload.templateFrom !== undefined) return [];
    if (selector.matches(pod.labels) && !selector.isEmpty) return [];
    const nothing = selector.isNull ? 'there is no selector' : 'the selector is empty';
    const found = String(selector) === '' ? nothing : `${selector} is not on the pods of its own template`;
    const problem = `${found}, so that ${workload.isOf('apps', workload.kind) ? 'the API server' : 'Argo'} refuses the ${workload.kind}`;
    return [
      {
        field: 'spec.selector',
        problem,
        fix: `use labels that stand in ${pod.field.replace(/spec$/, '')}metadata.labels`,
      },
    ];
  },
};
