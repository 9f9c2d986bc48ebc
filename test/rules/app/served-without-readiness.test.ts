import { servedWithoutReadiness as rule } from '../../../lib/rules/app/served-without-readiness';
import { findingsOf, varied } from '../../support/rules';

test('names the Service that sends requests too early', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    "DaemonSet web: app/served-without-readiness: spec.template.spec.containers[0].readinessProbe: missing, but Service web sends requests here as soon as the process runs; add a readiness probe; with WebApp: health: HealthCheck.http('/ready')",
  ]);
});

test('a container that no Service reaches needs none', () => {
  expect(findingsOf(rule, varied(rule.bad, 'selector: { app: web }\n', 'selector: { app: other }\n'))).toEqual([]);
});

test('a Service in another namespace does not reach it', () => {
  const elsewhere = varied(
    rule.bad,
    'kind: Service\nmetadata: { name: web }',
    'kind: Service\nmetadata: { name: web, namespace: ops }',
  );
  expect(findingsOf(rule, elsewhere)).toEqual([]);
});

const helper = '{ name: helper, image: "helper:1.0", ports: [{ name: admin, containerPort: 9000 }] }';
const two = varied(rule.good, 'containers:\n', `containers:\n        - ${helper}\n`);

test('one container that is asked holds the traffic back for all', () => {
  expect(findingsOf(rule, two)).toEqual([]);
  expect(findingsOf(rule, varied(two, 'targetPort: 8080', 'targetPort: admin'))).toEqual([]);
});

test('only the container behind the port is meant', () => {
  const bare = varied(rule.bad, 'containers:\n', `containers:\n        - ${helper}\n`);
  expect(findingsOf(rule, bare)[0]).toContain('containers[1].readinessProbe');
  expect(findingsOf(rule, varied(bare, 'targetPort: 8080', 'targetPort: admin'))[0]).toContain(
    'containers[0].readinessProbe',
  );
});

test('a sidecar may be the one that listens', () => {
  const proxy = varied(
    rule.bad,
    'containers:\n',
    `initContainers: [{ name: proxy, image: "proxy:1.0", restartPolicy: Always, ports: [{ containerPort: 9000 }] }]\n      containers:\n`,
  );
  expect(findingsOf(rule, varied(proxy, 'targetPort: 8080', 'targetPort: 9000'))[0]).toContain(
    'initContainers[0].readinessProbe',
  );
});

test('an undeclared number may be a port of the first container, an undeclared name is none', () => {
  const none = varied(rule.bad, '          ports: [{ containerPort: 8080 }]\n', '');
  expect(findingsOf(rule, none)).toHaveLength(1);
  expect(findingsOf(rule, varied(none, 'targetPort: 8080', 'targetPort: web'))).toEqual([]);
});

test('two Services on one container give one finding', () => {
  const second = rule.bad.slice(rule.bad.indexOf('---'));
  expect(findingsOf(rule, `${rule.bad}${varied(second, 'name: web', 'name: web-external')}`)).toHaveLength(1);
});
