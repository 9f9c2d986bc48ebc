import { shareExceedsPods as rule } from '../../../lib/rules/canary/share-exceeds-pods';
import { findingsOf, varied } from '../../support/rules';

const AT = 'VirtualService web: canary/share-exceeds-pods: spec.http[0].route';
const pods = (count: string) => varied(rule.bad, 'replicas: 2', count);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}: \`canary\` gets 50% of the requests with 2 pods of 11, 2.8 times of an even share; give it 3 pods or more, or an autoscaler`,
  ]);
  expect(findingsOf(rule, pods('replicas: 0'))).toEqual([
    `${AT}: \`canary\` gets 50% of the requests with 0 pods of 9, so that they are answered with 503; give it 3 pods or more, or an autoscaler`,
  ]);
});

test('twice an even share is what a pod can take', () => {
  expect(findingsOf(rule, pods('replicas: 3'))).toEqual([]);
});

test.each([
  ['weight: 50', 'weight: 0'],
  ['replicas: 2', 'paused: false'],
  ['replicas: 2', 'replicas: many'],
])('%j as %j: nothing is known, or nobody gets there', (from, to) => {
  expect(findingsOf(rule, varied(rule.bad, from, to))).toEqual([]);
});

test('an autoscaler makes pods for what comes', () => {
  const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { minReplicas: 2, maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web-v2 } }
`;
  expect(findingsOf(rule, rule.bad + scaler)).toEqual([]);
});

test('a single destination has all pods that there are', () => {
  const single = varied(rule.bad, '      - { destination: { host: web, subset: stable }, weight: 50 }\n', '');
  expect(findingsOf(rule, single)).toEqual([]);
});

test('pods that are made elsewhere are not counted', () => {
  expect(findingsOf(rule, varied(rule.bad, 'labels: { version: v1 }', 'labels: { version: v0 }'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'host: web, subset', 'host: other, subset'))).toEqual([]);
});

test('Services divide as subsets do', () => {
  const whole = varied(rule.bad, 'host: web, subset: stable', 'host: web');
  expect(findingsOf(rule, whole)).toEqual([
    expect.stringContaining('`canary` gets 50% of the requests with 2 pods of 13'),
  ]);
});
