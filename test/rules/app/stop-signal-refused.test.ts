import { stopSignalRefused as rule } from '../../../lib/rules/app/stop-signal-refused';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Deployment web: app/stop-signal-refused: spec.template.spec.containers[0].lifecycle.stopSignal';

test('a signal without an operating system is refused', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}: SIGQUIT without spec.os.name, so that the API server refuses the pod; set spec.template.spec.os to { name: linux }`,
  ]);
});

test('a target without the feature never sends it, with or without an operating system', () => {
  const old = `${FIELD}: needs Kubernetes 1.37 or newer, the target is 1.36, so that the container does not get SIGQUIT; remove it and set STOPSIGNAL SIGQUIT in the image`;
  expect(findingsOf(rule, rule.good, { kubernetes: '1.36' })).toEqual([old]);
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.36' })).toEqual([old]);
});

test('an operating system without a name is none', () => {
  expect(findingsOf(rule, varied(rule.good, 'os: { name: linux }', 'os: {}'))).toHaveLength(1);
});

test('a container without a signal of its own is left alone', () => {
  expect(findingsOf(rule, varied(rule.bad, 'stopSignal: SIGQUIT', ''))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'stopSignal: SIGQUIT', ''), { kubernetes: '1.36' })).toEqual([]);
});

test('a sidecar may have one as well', () => {
  const sidecar =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, lifecycle: { stopSignal: SIGINT } }]';
  const found = findingsOf(rule, varied(rule.bad, 'containers:', `${sidecar}\n      containers:`));
  expect(found).toHaveLength(2);
  expect(found[1]).toContain('initContainers[0].lifecycle.stopSignal: SIGINT without');
});
