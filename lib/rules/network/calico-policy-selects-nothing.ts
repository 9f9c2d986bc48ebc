// CP-7
import { CalicoSelector, calicoSelection, Reach } from '../../facts';
import { text } from '../../facts/read';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { LABELS_OF_PODS, nobodyMakes } from '../without-pods';

const policy = (label: string) => `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: default.web, namespace: shop }
spec:
  selector: app == '${label}'
  types: [Ingress]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

export const calicoPolicySelectsNothing: RuleOf<'calicoPolicy'> = {
  id: 'network/calico-policy-selects-nothing',
  severity: Severity.WARNING,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `Calico's NetworkPolicy is about the pods of its own namespace that its selector finds. If there are none, it is stored and does nothing: what it was to close is open. The pods may
be made elsewhere, so this is a warning, and policies of the whole cluster, whose pods are rarely all in one place, are left alone.`,
  sources: ['https://docs.tigera.io/calico/latest/reference/resources/networkpolicy'],
  bad: policy('wev'),
  good: policy('web'),
  check: (target, world) => {
    const { namespace, isGlobal, spec } = target;
    // labels of accounts are seldom in the same place as the policy
    if (isGlobal || text(spec.serviceAccountSelector) || !world.hasWorkloads(namespace)) return [];
    if (world.delivery.relabelsIn(namespace)) return [];
    const selector = CalicoSelector.parse(text(spec.selector));
    if (selector.problem !== undefined || selector.seesNoTemplate) return [];
    if (world.isMadeByOperator(namespace, selector.values)) return [];
    const selects = calicoSelection(target);
    const { endpoints } = Reach.of(world);
    if (endpoints.some((one) => one.namespace === namespace && selects(one))) return [];
    const without = nobodyMakes(`\`${selector.text}\``, namespace, endpoints.find(selects)?.workload);
    return [{ field: 'spec.selector', problem: `${without}, so that it does nothing`, fix: LABELS_OF_PODS }];
  },
};
