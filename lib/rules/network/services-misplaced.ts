// CP-6
import type { CalicoPolicyFact, CalicoRule } from '../../facts';
import { fields, text } from '../../facts/read';
import { Severity } from '../../findings';
import { type Remark, type RuleOf, remark } from '../rule';

const policy = (rule: string) => `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: web }
spec:
  selector: app == 'web'
  types: [Ingress]
  ingress: [${rule}]
`;

export const servicesMisplaced: RuleOf<'calicoPolicy'> = {
  id: 'network/services-misplaced',
  severity: Severity.ERROR,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `In a rule of Calico a Service stands for pods: those that connect, in ingress, or those that are connected to, in egress. At the other end the policy's own pods are. HTTP is looked at
only where connections arrive, by rules that allow. Calico refuses what says otherwise when the policy is stored; a dry run takes it.`,
  sources: ['https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#entityrule'],
  bad: policy('{ action: Allow, destination: { services: { name: api } } }'),
  good: policy('{ action: Allow, source: { services: { name: api } } }'),
  check: (target) => target.rules.flatMap((rule) => [...services(rule, target), ...http(rule)]),
};

function services({ field, direction, source, destination }: CalicoRule, { isGlobal }: CalicoPolicyFact): Remark[] {
  const [far, near] = direction === 'ingress' ? ['source', 'destination'] : ['destination', 'source'];
  const ends: Readonly<Record<string, unknown>> = { source: source.services, destination: destination.services };
  const at = (end: string | undefined) => fields(ends[end ?? '']);
  const wrong = Object.keys(at(near)).length > 0;
  const named = at(far);
  const isHomeless = isGlobal && Object.keys(named).length > 0 && text(named.namespace) === undefined;
  return [
    ...remark(
      wrong,
      `${field}.${near}.services`,
      `${direction} knows Services as ${far}, so that Calico refuses the policy`,
      `use ${far}: { services: ... }`,
    ),
    ...remark(
      isHomeless,
      `${field}.${far}.services`,
      'names no namespace, and the policy lies in none, so that Calico refuses it',
      'add namespace: <that of the Service>',
    ),
  ];
}

function http({ field, direction, manifest }: CalicoRule): Remark[] {
  const isPlaced = direction === 'ingress' && manifest.action === 'Allow';
  return remark(
    manifest.http !== undefined && !isPlaced,
    `${field}.http`,
    'is looked at in rules of ingress with action Allow, so that Calico refuses the policy',
    'move it to such a rule',
  );
}
