import { probeNeedsShell as rule } from '../../../lib/rules/app/probe-needs-shell';
import { findingsOf, varied } from '../../support/rules';

const line = (tool: string, where = 'containers[0].readinessProbe') =>
  `Deployment web: app/probe-needs-shell: spec.template.spec.${where}.exec.command: runs \`${tool}\`, which the image does not have, so that the probe never succeeds; ask with httpGet, grpc or tcpSocket, or use an image with \`${tool}\``;

test('names the program that is missing', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line('cat')]);
});

const runs = (...command: string[]) => findingsOf(rule, varied(rule.bad, '[cat, /tmp/ready]', JSON.stringify(command)));

test.each(['sh', 'bash', 'ash', 'ps', 'pgrep', 'cat', 'test', 'find'])(
  '`%s` comes with a shell, wherever it lies',
  (tool) => {
    expect(runs(tool)).toEqual([line(tool)]);
    expect(runs(tool, '-c', 'true')).toEqual([line(tool)]);
    expect(runs(`/usr/bin/${tool}`)).toEqual([line(tool)]);
    expect(runs(`my${tool}`)).toEqual([]);
    expect(runs(`/app/${tool}ed`)).toEqual([]);
    expect(runs(`/${tool}/check`)).toEqual([]);
  },
);

test("the app's own program may be in its image, whatever its arguments are", () => {
  expect(runs('/app/web', 'sh')).toEqual([]);
  expect(runs('/app/web sh')).toEqual([]);
  expect(runs()).toEqual([]);
});

test('an image that is not said to be bare may have a shell', () => {
  expect(findingsOf(rule, varied(rule.bad, 'without-shell: web', 'without-shell: log'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '{ cdk8s-patterns/without-shell: web }', '{}'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'without-shell: web', 'without-shell: "log, web"'))).toEqual([line('cat')]);
});

test.each(['startupProbe', 'livenessProbe'])('a %s is judged as well', (name) => {
  expect(findingsOf(rule, varied(rule.bad, 'readinessProbe', name))).toEqual([line('cat', `containers[0].${name}`)]);
});

test('a request needs no program', () => {
  expect(findingsOf(rule, varied(rule.bad, 'exec: { command: [cat, /tmp/ready] }', 'httpGet: { port: 80 }'))).toEqual(
    [],
  );
});

test('a sidecar may be bare as well', () => {
  const sidecar =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, startupProbe: { exec: { command: [sh] } } }]';
  const both = varied(
    varied(rule.good, 'containers:\n', `${sidecar}\n      containers:\n`),
    'shell: web',
    'shell: log',
  );
  expect(findingsOf(rule, both)).toEqual([line('sh', 'initContainers[0].startupProbe')]);
});
