import { nodePortNotFixed as rule } from '../../../lib/rules/network/node-port-not-fixed';
import { findingsOf, varied } from '../../support/rules';

const vary = (from: string, to: string) => findingsOf(rule, varied(rule.bad, from, to));

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'GlobalNetworkPolicy node-port: network/node-port-not-fixed: spec.ingress[0].destination.ports[0]: no Service has NodePort 31852, and default/web get theirs by chance; give the Service nodePort: 31852',
  ]);
});

test('a load balancer has a NodePort too', () => {
  expect(vary('type: NodePort', 'type: LoadBalancer').length).toBe(1);
});

test.each([
  ['[31852]', '[30000]', 1],
  ['[31852]', '[29999]', 0],
  ['[31852]', '[32767]', 1],
  ['[31852]', '[32768]', 0],
  ['[31852]', '["30000:32767"]', 0],
  ['preDNAT: true', 'preDNAT: false', 0],
  ['type: NodePort', 'type: ClusterIP', 0],
  ['targetPort: 8080 }', 'targetPort: 8080, nodePort: 31000 }', 0],
])('%j as %j: %d', (from, to, found) => {
  expect(vary(from, to).length).toBe(found);
});
