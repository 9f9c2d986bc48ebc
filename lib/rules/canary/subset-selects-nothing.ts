// CN-2
import { type MeshDestination, Selector, type World } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';
import { twoVersions, virtualService } from './route-snippet';

const split = (version: string) => `${twoVersions}
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web }
spec:
  host: web
  subsets:
    - { name: stable, labels: { version: v1 } }
    - { name: canary, labels: { version: ${version} } }
---${virtualService(
  'hosts: [web]',
  'http:',
  '  - route:',
  '      - { destination: { host: web, subset: stable }, weight: 90 }',
  '      - { destination: { host: web, subset: canary }, weight: 10 }',
)}`;

export const subsetSelectsNothing: RuleOf<'virtualService'> = {
  id: 'canary/subset-selects-nothing',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `A subset is those pods behind the Service that also bear its labels. If there are none, the proxy has nowhere to send the share of that subset
and answers it with 503, although other pods of the Service are ready. The rule speaks where the input has the Service with some of its pods; the
pods that are missing may be made elsewhere, so this is a warning. A subset that no route uses is harmless.`,
  sources: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0173/',
    'https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset',
  ],
  bad: split('v3'),
  good: split('v2'),
  check: ({ destinations }, world) =>
    destinations.flatMap((destination): Remark[] => {
      const defect = defectOf(destination, world);
      return defect === undefined ? [] : [{ field: `${destination.field}.subset`, ...defect }];
    }),
};

/** Labels that Istio itself, or the node, gives to the addresses of pods. */
const ADDED = /^(?:[^/]*\.)?(?:istio\.io|topology\.kubernetes\.io|kubernetes\.io\/hostname)(?:\/|$)/;

function defectOf(destination: MeshDestination, world: World): Omit<Remark, 'field'> | undefined {
  const { host, subset } = destination;
  const service = subset === undefined ? undefined : world.serviceOfHost(destination);
  const pods = service === undefined ? [] : world.workloadsOf(service).map(({ pod }) => pod.labels);
  const found = world.mesh
    .destinationRulesOf(host)
    .flatMap((rule) => rule.subsets.filter(({ name }) => name === subset).map((one) => ({ ...one, rule })));
  const [first] = found;
  if (service === undefined || first === undefined || pods.length === 0) return undefined;
  const isOpen = found.some(
    ({ labels, rule }) =>
      world.delivery.labelsSubsetsOf(rule) ||
      Selector.ofLabels(labels).seesNoTemplate ||
      Object.keys(labels).some((key) => ADDED.test(key)) ||
      pods.some((pod) => world.mesh.isInSubset(host, subset as string, pod)),
  );
  if (isOpen) return undefined;
  const [key = ''] = Object.entries(first.labels).find(([one, value]) => pods.every((pod) => pod[one] !== value)) ?? [];
  const values = [...new Set(pods.flatMap((pod) => pod[key] ?? []))];
  const known = values.length === 0 ? '' : ` (${key}: ${listed(values)})`;
  return {
    problem: `\`${subset}\` means pods with ${Selector.ofLabels(first.labels)}, and no workload behind Service ${service.name} makes any, so that its share of the requests is answered with 503`,
    fix: `use labels that pods bear${known} in ${first.field} of DestinationRule ${first.rule.name}`,
  };
}
