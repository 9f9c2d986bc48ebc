// CP-7
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { LABELS_OF_PODS, withoutPods } from '../without-pods';

const policy = (label: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: ${label} } }
  policyTypes: [Ingress]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

export const policySelectsNothing: RuleOf<'policy'> = {
  id: 'network/policy-selects-nothing',
  severity: Severity.WARNING,
  appliesTo: 'policy',
  since: '0.1.0',
  why: `A policy is about the pods of its own namespace that bear all labels of its selector. If none does, it is stored and does nothing: what it was to close is open, and what it
was to open is closed by the next policy. The pods may be made elsewhere, so this is a warning.`,
  sources: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],
  bad: policy('wev'),
  good: policy('web'),
  check: (target, world) => {
    const { namespace, selector } = target;
    if (selector.isEmpty || !world.hasWorkloads(namespace) || world.delivery.relabelsIn(namespace)) return [];
    const without = withoutPods(target, world);
    if (without === undefined) return [];
    return [{ field: 'spec.podSelector', problem: `${without}, so that it does nothing`, fix: LABELS_OF_PODS }];
  },
};
