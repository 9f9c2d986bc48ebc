import { graceTooShort as rule } from '../../../lib/rules/app/grace-too-short';
import { findingsOf, varied } from '../../support/rules';

test('says both numbers and the one that passes', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: app/grace-too-short: spec.template.spec.terminationGracePeriodSeconds: 30s, but delay 5s + drain 40s need more than 45s, so that the pod is killed while it works; set terminationGracePeriodSeconds to 50 or more; with WebApp: grace: Duration.seconds(50)',
  ]);
});

const grace = (seconds: number) => varied(rule.bad, 'Seconds: 30', `Seconds: ${seconds}`);

test('a grace that ends with the work is too short, one second more is enough', () => {
  expect(findingsOf(rule, grace(45))).toHaveLength(1);
  expect(findingsOf(rule, grace(46))).toEqual([]);
});

test('a missing grace is 30 seconds', () => {
  const absent = varied(rule.bad, 'terminationGracePeriodSeconds: 30', 'hostNetwork: false');
  expect(findingsOf(rule, absent)[0]).toContain('30s, but');
  expect(findingsOf(rule, varied(absent, 'drain: 40s', 'drain: 24s'))).toEqual([]);
});

const sidecar = `initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always }, { name: net, image: "net:1.0", restartPolicy: Always }]
      containers:`;

test('native sidecars stop after the app, one after the other, 5 seconds each', () => {
  const yaml = varied(grace(55), 'containers:', sidecar);
  expect(findingsOf(rule, yaml)[0]).toContain(
    '55s, but delay 5s + drain 40s + sidecar 5s + sidecar 5s need more than 55s',
  );
  expect(findingsOf(rule, varied(grace(56), 'containers:', sidecar))).toEqual([]);
});

test('a sidecar stops as its annotation says', () => {
  const slow = varied(
    varied(grace(56), 'containers:', sidecar),
    'drain: 40s',
    'drain: 40s, cdk8s-patterns/sidecars-stop-within: "net=9s"',
  );
  expect(findingsOf(rule, slow)[0]).toContain('sidecar 5s + sidecar 9s need more than 59s');
});

test('a classic sidecar counts with its own delay and stop, beside the app', () => {
  const classic = varied(
    varied(grace(46), 'drain: 40s', 'drain: 40s, cdk8s-patterns/classic-sidecars: log'),
    '        - { name: web',
    '        - { name: log, image: "log:1.0", lifecycle: { preStop: { exec: { command: [sleep, "45"] } } } }\n        - { name: web',
  );
  expect(findingsOf(rule, classic)[0]).toContain('46s, but delay 45s + drain 5s need more than 50s');
  expect(findingsOf(rule, varied(classic, 'Seconds: 46', 'Seconds: 51'))).toEqual([]);
});

test('without a declared drain only a hook that fills the whole grace is proof', () => {
  const exec = 'exec: { command: [sh, -c, "sleep 30 && nginx -s quit"] }';
  const undeclared = varied(
    varied(rule.bad, 'annotations: { cdk8s-patterns/drain: 40s }', ''),
    'sleep: { seconds: 5 }',
    exec,
  );
  expect(findingsOf(rule, undeclared)[0]).toContain('30s, but delay 30s + drain 0s need more than 30s');
  expect(findingsOf(rule, varied(undeclared, 'sleep 30', 'sleep 29'))).toEqual([]);
});

test('a sleep that the API server refuses is left to app/pre-stop-refused', () => {
  expect(findingsOf(rule, varied(rule.bad, 'seconds: 5', 'seconds: 31'))).toEqual([]);
});

test('a sleep of the whole grace is told here, a longer one, in any container, by app/pre-stop-refused', () => {
  const sleeping = (seconds: number) => varied(rule.bad, 'sleep: { seconds: 5 }', `sleep: { seconds: ${seconds} }`);
  expect(findingsOf(rule, sleeping(30))).toHaveLength(1);
  const beside = (yaml: string) =>
    varied(yaml, 'containers:\n', 'containers:\n        - { name: log, image: "log:1.0" }\n');
  expect(findingsOf(rule, beside(sleeping(30)))).toHaveLength(1);
  expect(findingsOf(rule, beside(sleeping(31)))).toEqual([]);
});

test('a pod that has nothing to finish needs no grace', () => {
  const idle = varied(
    varied(grace(0), 'drain: 40s', 'drain: 0s'),
    'sleep: { seconds: 5 }',
    'exec: { command: [true] }',
  );
  expect(findingsOf(rule, idle)).toEqual([]);
});
