import { delayNeedsShell as rule } from '../../../lib/rules/app/delay-needs-shell';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Deployment web: app/delay-needs-shell: spec.template.spec.containers[0].lifecycle.preStop.exec.command';

test('names the program that is missing and the sleep that needs none', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}: runs \`sleep\`, which the image does not have, so that the container stops at once; use preStop: { sleep: { seconds: 10 } }`,
  ]);
});

test('a target whose kubelet cannot sleep needs another image', () => {
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.29' })).toEqual([
    `${FIELD}: runs \`sleep\`, which the image does not have, so that the container stops at once; use an image with \`sleep\`, or call a program that it has`,
  ]);
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.30' })[0]).toContain('; use preStop: {');
});

const runs = (...command: string[]) => findingsOf(rule, varied(rule.bad, '[sleep, "10"]', JSON.stringify(command)));

test.each(['sh', 'bash', 'ash', 'dash', 'busybox', 'env', 'sleep', 'kill', 'pkill', 'killall', 'curl', 'wget'])(
  '`%s` is not in an image without a shell, wherever it should lie',
  (program) => {
    expect(runs(program)[0]).toContain(`runs \`${program}\`,`);
    expect(runs(`/usr/bin/${program}`, 'x')[0]).toContain(`runs \`${program}\`,`);
    expect(runs(`/app/${program}ed`, program)).toEqual([]);
    expect(runs(`my${program}`)).toEqual([]);
  },
);

test('a hook without seconds gets 5 of them', () => {
  expect(runs('sh', '-c', 'nginx -s quit')[0]).toContain('use preStop: { sleep: { seconds: 5 } }');
});

test("the app's own program may be in its image", () => {
  expect(runs('/app/server', 'drain')).toEqual([]);
  expect(runs()).toEqual([]);
});

test('an image that is not said to be bare may have a shell', () => {
  expect(findingsOf(rule, varied(rule.bad, 'without-shell: web', 'without-shell: log'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'annotations: { cdk8s-patterns/without-shell: web }', ''))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'without-shell: web', 'without-shell: "log, web"'))).toHaveLength(1);
});

test('a container without a hook is left alone', () => {
  expect(findingsOf(rule, varied(rule.bad, 'preStop: { exec: { command: [sleep, "10"] } }', ''))).toEqual([]);
});

test('a sidecar may be bare as well', () => {
  const sidecar =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, lifecycle: { preStop: { exec: { command: [sh] } } } }]';
  const both = varied(
    varied(rule.bad, 'containers:', `${sidecar}\n      containers:`),
    'without-shell: web',
    'without-shell: log',
  );
  expect(findingsOf(rule, both)).toHaveLength(1);
  expect(findingsOf(rule, both)[0]).toContain('initContainers[0].lifecycle.preStop.exec.command');
});
