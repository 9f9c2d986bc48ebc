import { destinationPortUnknown as rule } from '../../../lib/rules/canary/destination-port-unknown';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'VirtualService web: canary/destination-port-unknown: spec.http[0].route[0].destination.port.number: Service web has port 80, not 8080, so that its share of the requests is answered with 503; use number: 80, which leads to 8080',
  ]);
});

const PORTS = '[{ name: http, port: 80, targetPort: 8080 }]';
const ports = (to: string) => varied(rule.bad, PORTS, to);

test('the fix names the port of the Service in front of the one that was meant, else one of all', () => {
  expect(findingsOf(rule, ports('[{ name: a, port: 70 }, { name: b, port: 90, targetPort: 8080 }]'))[0]).toMatch(
    /has ports 70, 90, not 8080, .*; use number: 90, which leads to 8080$/,
  );
  expect(findingsOf(rule, ports('[{ name: http, port: 70 }]'))[0]).toMatch(/; use number: 70$/);
  expect(findingsOf(rule, ports('[{ name: a, port: 70 }, { name: b, port: 90 }]'))[0]).toMatch(
    /; use number: one of 70, 90$/,
  );
});

test('one of several ports is enough', () => {
  expect(findingsOf(rule, ports('[{ name: a, port: 80 }, { name: b, port: 8080 }]'))).toEqual([]);
});

test('a Service without ports, or with wrong ones, says nothing', () => {
  expect(findingsOf(rule, ports('[]'))).toEqual([]);
  expect(findingsOf(rule, ports('[{ port: "80" }]'))).toEqual([]);
});

test('a Service that is not in the input, or lies elsewhere, may have the port', () => {
  expect(findingsOf(rule, varied(rule.bad, 'host: web,', 'host: api,'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'host: web,', 'host: web.shop.svc.cluster.local,'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'host: web,', 'host: web.default.svc.cluster.local,'))).toHaveLength(1);
});

test('what stands for another host, and what Flagger writes over, has other ports', () => {
  expect(findingsOf(rule, varied(rule.bad, 'selector: { app: web }', 'type: ExternalName'))).toEqual([]);
  const flagger =
    '---\n{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: a }, spec: { targetRef: { kind: Deployment, name: web } } }';
  expect(findingsOf(rule, rule.bad + flagger)).toEqual([]);
});

test('without a port, and with a wrong one, it is another matter', () => {
  expect(findingsOf(rule, varied(rule.bad, 'number: 8080', ''))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'number: 8080', 'number: "8080"'))).toEqual([]);
});
