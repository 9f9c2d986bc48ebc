import { sidecarStartsLate as rule } from '../../../lib/rules/app/sidecar-starts-late';
import { findingsOf, varied } from '../../support/rules';

const POD = 'Deployment web: app/sidecar-starts-late: spec.template.';
const UNPROBED = (index: number, name: string) =>
  `${POD}spec.initContainers[${index}].startupProbe: missing, so that the app starts as soon as the process of \`${name}\` runs; add a startup probe; with Sidecar: health: HealthCheck.tcp()`;
const MOVE = 'make it an init container with restartPolicy: Always and a startupProbe';

test('a sidecar without a startup probe is started, not up', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([UNPROBED(0, 'proxy')]);
});

test('other probes do not hold the app back', () => {
  for (const probe of ['readinessProbe', 'livenessProbe']) {
    expect(findingsOf(rule, varied(rule.good, 'startupProbe', probe))).toEqual([UNPROBED(0, 'proxy')]);
  }
});

const PROXY =
  'initContainers:\n        - { name: proxy, image: "proxy:1.0", restartPolicy: Always }\n      containers: [';

test('containers start together', () => {
  const classic = '{ name: proxy, image: "proxy:1.0", startupProbe: { tcpSocket: { port: 9000 } } }';
  expect(findingsOf(rule, varied(rule.bad, PROXY, `containers: [${classic}, `))).toEqual([
    `${POD}spec.containers[0]: \`proxy\` starts together with the app, so that the app may not find it; ${MOVE}`,
  ]);
});

test('an init container that ends is not there when the app starts', () => {
  expect(findingsOf(rule, varied(rule.bad, ', restartPolicy: Always', ''))).toEqual([
    `${POD}spec.initContainers[0]: \`proxy\` ends before the app starts, so that the app may not find it; ${MOVE}`,
  ]);
});

test('a name that no container has is said, too', () => {
  expect(findingsOf(rule, varied(rule.good, 'starts-before-app: proxy', 'starts-before-app: prxy'))).toEqual([
    `${POD}metadata.annotations[cdk8s-patterns/starts-before-app]: names \`prxy\`, which is not there, so that the app starts without it; remove the name, or add the sidecar`,
  ]);
});

test('sidecars that the annotation does not name may start when they like', () => {
  expect(findingsOf(rule, varied(rule.bad, '{ cdk8s-patterns/starts-before-app: proxy }', '{}'))).toEqual([]);
});

test('each name counts', () => {
  const two = varied(
    rule.good,
    'initContainers:\n',
    'initContainers:\n        - { name: vault, image: "v:1", restartPolicy: Always }\n',
  );
  expect(findingsOf(rule, two)).toEqual([]);
  expect(findingsOf(rule, varied(two, 'before-app: proxy', 'before-app: "proxy, vault"'))).toEqual([
    UNPROBED(0, 'vault'),
  ]);
});
