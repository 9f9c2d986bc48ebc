import { servicesMisplaced as rule } from '../../../lib/rules/network/services-misplaced';
import { findingsOf, varied } from '../../support/rules';

const AT = 'NetworkPolicy web: network/services-misplaced: spec.ingress[0]';
const RULE = '{ action: Allow, destination: { services: { name: api } } }';
const vary = (to: string, yaml = rule.bad) => findingsOf(rule, varied(yaml, RULE, to));
const leaving = varied(varied(rule.bad, '[Ingress]', '[Egress]'), 'ingress:', 'egress:');
const everywhere = varied(rule.bad, 'kind: NetworkPolicy', 'kind: GlobalNetworkPolicy');

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}.destination.services: ingress knows Services as source, so that Calico refuses the policy; use source: { services: ... }`,
  ]);
});

test('in egress it is the other way round', () => {
  expect(findingsOf(rule, leaving)).toEqual([]);
  expect(vary('{ action: Allow, source: { services: { name: api } } }', leaving)).toEqual([
    'NetworkPolicy web: network/services-misplaced: spec.egress[0].source.services: egress knows Services as destination, so that Calico refuses the policy; use destination: { services: ... }',
  ]);
});

test('a policy of no namespace says which one', () => {
  expect(vary('{ action: Allow, source: { services: { name: api } } }', everywhere)).toEqual([
    'GlobalNetworkPolicy web: network/services-misplaced: spec.ingress[0].source.services: names no namespace, and the policy lies in none, so that Calico refuses it; add namespace: <that of the Service>',
  ]);
  expect(vary('{ action: Allow, source: { services: { name: api, namespace: shop } } }', everywhere)).toEqual([]);
  expect(vary('{ action: Allow }', everywhere)).toEqual([]);
});

test('HTTP is for what arrives and is allowed', () => {
  const http = (action: string) => `{ action: ${action}, http: { methods: [GET] } }`;
  expect(vary(http('Allow'))).toEqual([]);
  expect(vary(http('Deny'))).toEqual([
    `${AT}.http: is looked at in rules of ingress with action Allow, so that Calico refuses the policy; move it to such a rule`,
  ]);
  expect(vary(http('Allow'), leaving).length).toBe(1);
});
