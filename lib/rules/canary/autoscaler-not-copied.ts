// FL-3
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { canary, steadyAnalysis } from './release-snippet';

const scaled = (more: string) => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: 2
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 10 } } }]
---${canary(steadyAnalysis, more)}`;

export const autoscalerNotCopied: RuleOf<'canary'> = {
  id: 'canary/autoscaler-not-copied',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `Between releases the pods that serve are those of the copy that Flagger makes. It makes a copy of the autoscaler too, but only of one that
\`autoscalerRef\` names. Without it the copy keeps the number of pods that the last release left, at any load, and the autoscaler looks at a target
that has none.`,
  sources: ['https://github.com/fluxcd/flagger/blob/main/docs/gitbook/usage/how-it-works.md'],
  bad: scaled(''),
  good: scaled('  autoscalerRef: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: web }\n'),
  check: ({ namespace, targetKind, targetName, autoscalerKey }, world) => {
    const [scaler] = world.autoscalersOf({ namespace, kind: targetKind, name: targetName });
    if (scaler === undefined || autoscalerKey !== undefined) return [];
    const { apiVersion, kind, name } = scaler;
    return [
      {
        field: 'spec.autoscalerRef',
        problem: `is missing, so that ${kind} ${name} scales only ${targetKind} ${targetName}, and nothing scales its copy, which serves`,
        fix: `set autoscalerRef to { apiVersion: ${apiVersion}, kind: ${kind}, name: ${name} }`,
      },
    ];
  },
};
