import { workerBehindService as rule } from '../../../lib/rules/app/worker-behind-service';
import { findingsOf, varied } from '../../support/rules';

const line = (services: string) =>
  `DaemonSet mailer: app/worker-behind-service: spec.template.metadata.annotations[cdk8s-patterns/role]: worker, which nobody connects to, but the pods get requests from ${services}; remove the Service, or use WebApp and remove the annotation`;

test('names the Service that selects a worker', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line('Service mailer')]);
});

test('another role, or none, may have a Service', () => {
  expect(findingsOf(rule, varied(rule.bad, 'role: worker', 'role: server'))).toEqual([]);
  expect(findingsOf(rule, rule.good)).toEqual([]);
});

test('a Service that selects other pods, or lies in another namespace, does not matter', () => {
  expect(findingsOf(rule, varied(rule.bad, '  selector: { app: mailer }\n', '  selector: { app: web }\n'))).toEqual([]);
  const service = 'kind: Service\nmetadata: { name: mailer';
  expect(findingsOf(rule, varied(rule.bad, service, `${service}, namespace: ops`))).toEqual([]);
});

test('a headless Service without ports gives names and takes no requests', () => {
  const ports = 'ports: [{ port: 80, targetPort: 8080 }]';
  expect(findingsOf(rule, varied(rule.bad, ports, 'clusterIP: None'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, ports, `clusterIP: None\n  ${ports}`))).toEqual([line('Service mailer')]);
});

test('several Services give one finding', () => {
  const second = rule.bad.slice(rule.bad.indexOf('---')).replace('name: mailer', 'name: metrics');
  expect(findingsOf(rule, `${rule.bad}${second}`)).toEqual([line('Service mailer, Service metrics')]);
});
