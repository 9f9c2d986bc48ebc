import { servicePortMissing as rule } from '../../../lib/rules/app/service-port-missing';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Service web: app/service-port-missing: spec.ports[0].targetPort: no container behind it has a port named web, so that every connection is refused; use one of http',
  ]);
});

test('an empty text is the port of the Service', () => {
  expect(findingsOf(rule, varied(rule.bad, 'targetPort: web', 'targetPort: ""'))).toEqual([]);
});

test('a number needs no declaration', () => {
  expect(findingsOf(rule, varied(rule.bad, 'targetPort: web', 'targetPort: 9999'))).toEqual([]);
});

test('where no port has a name, one has to be given', () => {
  expect(findingsOf(rule, varied(rule.bad, 'name: http, containerPort', 'containerPort'))[0]).toMatch(
    /; name the port of the container$/,
  );
});

test('one of several workloads is enough, a sidecar too', () => {
  const other = varied(
    rule.good.slice(rule.good.indexOf('---')),
    'name: http, containerPort',
    'name: web, containerPort',
  );
  expect(findingsOf(rule, rule.bad + other)).toEqual([]);
  const proxy =
    'initContainers: [{ name: proxy, image: "proxy:1.0", restartPolicy: Always, ports: [{ name: web, containerPort: 1 }] }]\n      containers:';
  expect(findingsOf(rule, varied(rule.bad, 'containers:', proxy))).toEqual([]);
});

test('a Service that selects nothing is spoken of by app/service-selects-nothing', () => {
  expect(findingsOf(rule, varied(rule.bad, 'selector: { app: web }', 'selector: { app: wev }'))).toEqual([]);
});
