import { preStopSleepUnsupported as rule } from '../../../lib/rules/app/pre-stop-sleep-unsupported';
import { findingsOf, varied } from '../../support/rules';

test('names both releases and a command that waits as long', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: app/pre-stop-sleep-unsupported: spec.template.spec.containers[0].lifecycle.preStop.sleep: needs Kubernetes 1.30 or newer, the target is 1.29, so that the field is dropped, and the server refuses the empty hook, or an old kubelet stops the container at once; use preStop: { exec: { command: [sleep, "7"] } }',
  ]);
});

test('Kubernetes 1.30 can sleep', () => {
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.30' })).toEqual([]);
});

test('a container without a hook is left alone', () => {
  expect(findingsOf(rule, varied(rule.bad, 'preStop: { sleep: { seconds: 7 } }', ''))).toEqual([]);
});

test('a sidecar that sleeps is meant as well, an init container that ends is not', () => {
  const init =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, lifecycle: { preStop: { sleep: { seconds: 3 } } } }]';
  const both = varied(rule.bad, 'containers:', `${init}\n      containers:`);
  expect(findingsOf(rule, both)).toHaveLength(2);
  expect(findingsOf(rule, both)[1]).toContain('initContainers[0].lifecycle.preStop.sleep');
  expect(findingsOf(rule, varied(both, 'restartPolicy: Always, ', ''))).toHaveLength(1);
});
