import { preStopRefused as rule } from '../../../lib/rules/app/pre-stop-refused';
import { findings, findingsOf, varied } from '../../support/rules';

const FIELD = 'Deployment web: app/pre-stop-refused: spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds';

test('a sleep that outlasts the grace period says both numbers', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}: 40s, but terminationGracePeriodSeconds is 30s, so that the API server refuses the pod; set terminationGracePeriodSeconds to 45 or more`,
  ]);
});

const sleep = (seconds: number) => varied(rule.bad, 'seconds: 40', `seconds: ${seconds}`);

test('a sleep as long as the grace period is accepted, one second more is not', () => {
  expect(findingsOf(rule, sleep(30))).toEqual([]);
  expect(findingsOf(rule, sleep(31))).toHaveLength(1);
});

test('a missing grace is 30 seconds', () => {
  const absent = (seconds: number) => varied(sleep(seconds), 'terminationGracePeriodSeconds: 30', 'hostNetwork: false');
  expect(findingsOf(rule, absent(30))).toEqual([]);
  expect(findingsOf(rule, absent(31))).toHaveLength(1);
});

test('a negative sleep is refused by every release', () => {
  expect(findingsOf(rule, sleep(-1), { kubernetes: '1.37' })).toEqual([
    `${FIELD}: -1s is below 0, so that the API server refuses the pod; set seconds to 5`,
  ]);
});

test('a sleep of zero is refused before 1.33', () => {
  expect(findingsOf(rule, sleep(0), { kubernetes: '1.32' })).toEqual([
    `${FIELD}: a sleep of 0s needs Kubernetes 1.33 or newer, the target is 1.32, so that the API server refuses the pod; set seconds to 5`,
  ]);
  expect(findingsOf(rule, sleep(0), { kubernetes: '1.33' })).toEqual([]);
  expect(findingsOf(rule, sleep(1), { kubernetes: '1.32' })).toEqual([]);
});

test('a target without the sleep action is left to app/pre-stop-sleep-unsupported', () => {
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.30' })).toHaveLength(1);
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.29' })).toEqual([]);
  expect(findings(rule.bad, { kubernetes: '1.29' })[0]).toContain('app/pre-stop-sleep-unsupported');
});

test('a command that sleeps too long is no matter of the API server', () => {
  expect(findingsOf(rule, varied(rule.bad, 'sleep: { seconds: 40 }', 'exec: { command: [sleep, "40"] }'))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, 'sleep: { seconds: 40 }', 'exec: { command: ["true"] }'), { kubernetes: '1.32' }),
  ).toEqual([]);
});

test('a hook that sleeps and runs a command is refused whatever the seconds', () => {
  const both = varied(rule.bad, '{ seconds: 40 }', '{ seconds: 5 }, exec: { command: [nginx, -s, quit] }');
  expect(findingsOf(rule, both)).toEqual([
    `${FIELD.replace('.sleep.seconds', '')}: sleep and exec in one hook, so that the API server refuses the pod; wait in the command: exec: { command: [sh, -c, "sleep 5; nginx -s quit"] }`,
  ]);
});

test('a container without a hook is left alone', () => {
  expect(findingsOf(rule, varied(rule.bad, 'preStop: { sleep: { seconds: 40 } }', ''))).toEqual([]);
});

test('a sidecar is judged, each container by itself', () => {
  const sidecar =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, lifecycle: { preStop: { sleep: { seconds: 31 } } } }]';
  const found = findingsOf(rule, varied(rule.bad, 'containers:', `${sidecar}\n      containers:`));
  expect(found).toHaveLength(2);
  expect(found[1]).toContain('initContainers[0].lifecycle.preStop.sleep.seconds: 31s');
});
