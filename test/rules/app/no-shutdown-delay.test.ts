import { noShutdownDelay as rule } from '../../../lib/rules/app/no-shutdown-delay';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'DaemonSet web: app/no-shutdown-delay: spec.template.spec.containers[0].lifecycle.preStop';
const CONSEQUENCE = 'so that requests of Service web still arrive when the process has stopped';
const OURS = 'with WebApp: shutdown: Shutdown.graceful({ delay: Duration.seconds(5) })';

test('a missing hook gets a sleep', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}: missing, ${CONSEQUENCE}; use preStop: { sleep: { seconds: 5 } }; ${OURS}`,
  ]);
});

const hook = (preStop: string) => varied(rule.good, 'preStop: { sleep: { seconds: 5 } }', `preStop: ${preStop}`);

test('a delay of 4 seconds is too short, 5 are enough', () => {
  expect(findingsOf(rule, hook('{ sleep: { seconds: 4 } }'))).toEqual([
    `${FIELD}: a delay of 4s, at least 5s are needed, ${CONSEQUENCE}; use preStop: { sleep: { seconds: 5 } }; ${OURS}`,
  ]);
  expect(findingsOf(rule, rule.good)).toEqual([]);
});

test('a command that quits without waiting is told to wait first', () => {
  expect(findingsOf(rule, hook('{ exec: { command: [nginx, -s, quit] } }'))).toEqual([
    `${FIELD}: a delay of 0s, at least 5s are needed, ${CONSEQUENCE}; let the hook wait first: command: [sh, -c, "sleep 5; ..."]; ${OURS}`,
  ]);
});

test('a target whose kubelet cannot sleep gets a command', () => {
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.29' })).toEqual([
    `${FIELD}: missing, ${CONSEQUENCE}; use preStop: { exec: { command: [sleep, "5"] } }; ${OURS}`,
  ]);
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.30' })[0]).toContain('use preStop: { sleep: { seconds: 5 } }');
});

test.each([
  ['sleep 5', 0],
  ['sleep 4', 1],
  ['sleep 2 && sleep 3', 0],
  ['sleep 1m', 0],
  ['sleep $DELAY', 0],
  ['sleep "10"', 0],
  ["python -c 'import time; time.sleep(10)'", 0],
  ['/bin/wait-for-it', 1],
])('the command `%s`: %i findings; seconds that stand elsewhere are not guessed', (command, count) => {
  expect(findingsOf(rule, hook(`{ exec: { command: [sh, -c, ${JSON.stringify(command)}] } }`))).toHaveLength(count);
});

test.each([
  '{ httpGet: { path: /stop, port: 8080 } }',
  '{ exec: { command: [/wait-shutdown] } }',
  '{ exec: { command: [/usr/local/bin/drain, --wait=20s] } }',
])('how long %s takes is not in the manifest', (preStop) => {
  expect(findingsOf(rule, hook(preStop))).toEqual([]);
});

test.each(['[sh, -c, "echo bye"]', '[/bin/sleep, "4"]', '[kill, "-15", "1"]'])(
  'a hook that runs %s is too short',
  (command) => {
    expect(findingsOf(rule, hook(`{ exec: { command: ${command} } }`))).toHaveLength(1);
  },
);

test('a pod that no Service selects may stop at once', () => {
  expect(findingsOf(rule, varied(rule.bad, 'selector: { app: web }\n', 'selector: { app: other }\n'))).toEqual([]);
});

test('a Service in another namespace sends nothing', () => {
  const elsewhere = varied(
    rule.bad,
    'kind: Service\nmetadata: { name: web }',
    'kind: Service\nmetadata: { name: web, namespace: ops }',
  );
  expect(findingsOf(rule, elsewhere)).toEqual([]);
});

test('only the container behind the port is meant', () => {
  const helper = '{ name: helper, image: "helper:1.0", ports: [{ name: admin, containerPort: 9000 }] }';
  const two = varied(rule.good, 'containers:\n', `containers:\n        - ${helper}\n`);
  expect(findingsOf(rule, two)).toEqual([]);
  expect(findingsOf(rule, varied(two, 'targetPort: 8080', 'targetPort: admin'))[0]).toContain(
    'containers[0].lifecycle.preStop: missing',
  );
});

test('an undeclared number may be a port of the first container, an undeclared name is none', () => {
  const none = varied(rule.bad, '          ports: [{ containerPort: 8080 }]\n', '');
  expect(findingsOf(rule, none)).toHaveLength(1);
  expect(findingsOf(rule, varied(none, 'targetPort: 8080', 'targetPort: web'))).toEqual([]);
});

test('two Services and two ports on one container give one finding, with the first Service', () => {
  const second = varied(rule.bad.slice(rule.bad.indexOf('---')), 'name: web', 'name: web-external');
  const found = findingsOf(
    rule,
    `${rule.bad}${varied(second, '[{ port: 80, targetPort: 8080 }]', '[{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: 8080 }]')}`,
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toContain('requests of Service web still');
});

test('a Service without ports sends nothing', () => {
  expect(findingsOf(rule, varied(rule.bad, 'ports: [{ port: 80, targetPort: 8080 }]', 'clusterIP: None'))).toEqual([]);
});
