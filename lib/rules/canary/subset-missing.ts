// CN-2
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const split = (subset: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web }
spec:
  host: web
  subsets:
    - { name: stable, labels: { version: v1 } }
    - { name: canary, labels: { version: v2 } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web }
spec:
  hosts: [web]
  http:
    - route:
        - { destination: { host: web, subset: stable }, weight: 90 }
        - { destination: { host: web, subset: ${subset} }, weight: 10 }
`;

export const subsetMissing: RuleOf<'virtualService'> = {
  id: 'canary/subset-missing',
  severity: Severity.ERROR,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `A subset is made by a DestinationRule of the same host. A route to a subset that none of them makes leads nowhere: the proxy answers its share of the
requests with 503. The rule speaks where the input holds a DestinationRule of the host; without any it may lie elsewhere.`,
  sources: ['https://istio.io/latest/docs/reference/config/analysis/ist0101/'],
  bad: split('next'),
  good: split('canary'),
  check: (route, world) =>
    route.destinations.flatMap(({ field, host, written, subset }) => {
      const known = world.mesh.destinationRulesOf(host).flatMap(({ subsets }) => subsets.map(({ name }) => name));
      const rules = world.mesh.destinationRulesOf(host);
      if (subset === undefined || rules.length === 0 || known.includes(subset)) return [];
      return [
        {
          field: `${field}.subset`,
          problem: `no DestinationRule of ${written} makes \`${subset}\`, so that its share of the requests is answered with 503`,
          fix:
            known.length === 0 ? `add the subset to DestinationRule ${rules[0]?.name}` : `use one of ${listed(known)}`,
        },
      ];
    }),
};
