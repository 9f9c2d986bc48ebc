import { stopSignalIgnored as rule } from '../../../lib/rules/app/stop-signal-ignored';
import { findingsOf, varied } from '../../support/rules';

const line = (signal: string, container = 'containers[0]') =>
  `Deployment web: app/stop-signal-ignored: spec.template.spec.${container}.lifecycle.stopSignal: ${signal} is sent only where the feature gate ContainerStopSignals is on; elsewhere the field is dropped, and the container gets the signal of its image; remove it and set STOPSIGNAL ${signal} in the image; with WebApp: shutdown: Shutdown.graceful({ stop: StopStrategy.signal('${signal}') })`;

test.each(['1.27', '1.33', '1.37'])('no release up to %s sends it by itself', (kubernetes) => {
  expect(findingsOf(rule, rule.bad, { kubernetes })).toEqual([line('SIGQUIT')]);
});

test('an operating system does not change that', () => {
  expect(findingsOf(rule, varied(rule.bad, 'os: { name: linux }', 'os: {}'))).toEqual([line('SIGQUIT')]);
});

test('a container without a signal of its own is left alone', () => {
  expect(findingsOf(rule, varied(rule.bad, 'stopSignal: SIGQUIT', ''))).toEqual([]);
});

test('a sidecar may have one as well', () => {
  const sidecar =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, lifecycle: { stopSignal: SIGINT } }]';
  expect(findingsOf(rule, varied(rule.bad, 'containers:', `${sidecar}\n      containers:`))).toEqual([
    line('SIGQUIT'),
    line('SIGINT', 'initContainers[0]'),
  ]);
});

test('a container that only starts the pod is not told to stop', () => {
  const init = 'initContainers: [{ name: log, image: "log:1.0", lifecycle: { stopSignal: SIGINT } }]';
  expect(findingsOf(rule, varied(rule.bad, 'containers:', `${init}\n      containers:`))).toEqual([line('SIGQUIT')]);
});
