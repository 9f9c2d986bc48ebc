// CAN6

import { below, text } from '../../facts/read';
import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import type { RuleOf } from '../rule';

const adopted = (replicas: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
${replicas}  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  replicas: 4
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  strategy: { canary: { steps: [{ setWeight: 25 }, { pause: {} }] } }
`;

export const rolloutDoublesPods: RuleOf<'rollout'> = {
  id: 'canary/rollout-doubles-pods',
  severity: Severity.WARNING,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `A Rollout that takes its template from a Deployment makes pods of its own, and the Deployment keeps those that it has. \`scaleDown\` lets
Argo stop them, once, when the Rollout is new: each later apply of a Deployment with \`replicas\` starts them again, on the version of the template
and past all steps. Write \`replicas: 0\` into the Deployment when the pods of the Rollout are ready.`,
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/migrating/#reference-deployment-from-rollout'],
  bad: adopted('  replicas: 4\n'),
  good: adopted('  replicas: 0\n'),
  check: (target, world) => {
    const workload = world.templateOf(target);
    if (workload === undefined || workload === target) return [];
    const scaleDown = text(below(target.spec, 'workloadRef', 'scaleDown')) ?? 'never';
    const isStopped = scaleDown === 'onsuccess' || scaleDown === 'progressively';
    const pods = workload.writtenReplicas ?? (isStopped ? 0 : 1);
    if (pods === 0) return [];
    const { kind, name } = workload;
    const counting = counted(pods, 'pod');
    const whose = isStopped
      ? `each apply of ${kind} ${name} starts ${counting} again,`
      : `${kind} ${name} keeps ${counting}`;
    return [
      {
        field: 'spec.workloadRef',
        problem: `${whose} beside those of the Rollout, and updates them past all steps`,
        fix: `write replicas: 0 into ${kind} ${name} when the pods of the Rollout are ready`,
      },
    ];
  },
};
