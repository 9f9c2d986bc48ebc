// CN-4
import { matchKeys } from '../../facts';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { httpRoute } from './route-snippet';

const route = (header: string) =>
  httpRoute(
    'parentRefs: [{ name: edge }]',
    'rules:',
    `  - matches: [{ path: { value: / }${header} }]`,
    '    backendRefs: [{ name: web-canary, port: 80 }]',
    '  - backendRefs: [{ name: web, port: 80 }]',
  );

export const matchRepeated: RuleOf<'gatewayRoute'> = {
  id: 'canary/match-repeated',
  severity: Severity.WARNING,
  appliesTo: 'gatewayRoute',
  since: '0.1.0',
  why: `Of two rules of a route that fit a request, the one with the narrower match takes it, and of two equal ones the first; so the second never
gets a request. A rule without matches is the same as one with the path prefix \`/\`. To divide requests between backends, put them into one rule
with weights.`,
  sources: ['https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule'],
  bad: route(''),
  good: route(', headers: [{ name: x-canary, value: "true" }]'),
  check: ({ rules }) => {
    if (rules.length < 2) return [];
    const seen = new Map<string, string>();
    return rules.flatMap((rule): Remark[] => {
      const keys = matchKeys(rule);
      const earlier = keys.map((key) => seen.get(key));
      for (const key of keys) seen.set(key, seen.get(key) ?? rule.field);
      return earlier.flatMap((first, index) => {
        if (first === undefined) return [];
        return [
          {
            field: rule.matches.length === 0 ? rule.field : `${rule.field}.matches[${index}]`,
            problem: `${first} has the same match and comes first, so that this one never gets a request`,
            fix: `put the backends of both into ${first} with weights, or match something else here`,
          },
        ];
      });
    });
  },
};
