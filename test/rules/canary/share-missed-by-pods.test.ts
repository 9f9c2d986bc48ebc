import { shareMissedByPods as rule } from '../../../lib/rules/canary/share-missed-by-pods';
import { findingsOf, varied } from '../../support/rules';

const asking = (percent: string) => varied(rule.bad, '"5"', percent);
const having = (stable: string, canary: string) =>
  varied(varied(rule.bad, 'replicas: 18', stable), '\n  replicas: 2\n', `\n  ${canary}\n`);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web-canary: canary/share-missed-by-pods: spec.replicas: 2 of 20 pods, with 18 of web-stable, are 10.0% of the requests, and cdk8s-patterns/canary-percent says 5%; use replicas: 1, and replicas: 19 for web-stable',
  ]);
});

test.each([
  ['replicas: 18', 'replicas: 3', '"5"', 'use replicas: 1, and replicas: 20 for web-stable'],
  ['replicas: 3', 'replicas: 0', '"25"', 'use replicas: 1, and replicas: 3 for web-stable'],
  ['replicas: 3', 'replicas: 1', '"0.01"', 'use replicas: 0, and replicas: 4 for web-stable'],
  ['replicas: 1200', 'replicas: 1', '"50"', 'use routes that divide the requests'],
])('%s beside %s for %s%%: %s', (stable, canary, percent, fix) => {
  const found = findingsOf(rule, varied(having(stable, canary), '"5"', percent));
  expect(found).toEqual([expect.stringContaining(`; ${fix}`)]);
});

test.each(['"9.5"', '"10"', '"10.5"'])('half a point away: %s%%', (percent) => {
  expect(findingsOf(rule, asking(percent))).toEqual([]);
});

test.each(['"9.4"', '"10.6"', '"99.9"'])('more than half a point away: %s%%', (percent) => {
  expect(findingsOf(rule, asking(percent)).length).toBe(1);
});

test.each(['"0"', '"100"', '"-5"', '"many"', '""', '5'])('%s says no share', (percent) => {
  expect(findingsOf(rule, asking(percent))).toEqual([]);
});

test.each([
  ['paused: false', 'replicas: 2'],
  ['replicas: 18', 'paused: false'],
  ['replicas: 0', 'replicas: 0'],
])('nothing is said of unknown numbers and of no pods: %s, %s', (stable, canary) => {
  expect(findingsOf(rule, having(stable, canary))).toEqual([]);
});

test.each(['web-canary', 'web-stable'])(
  'an autoscaler of %s has the last word, of which another rule speaks',
  (name) => {
    const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { minReplicas: 2, maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} } }
`;
    expect(findingsOf(rule, rule.bad + scaler)).toEqual([]);
  },
);

test('routes divide the requests without regard to pods', () => {
  const routed = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web }
spec: { hosts: [web], http: [{ route: [{ destination: { host: web } }] }] }
`;
  expect(findingsOf(rule, rule.bad + routed)).toEqual([]);
});

test('without a Service there is no share', () => {
  expect(
    findingsOf(rule, varied(rule.bad, 'selector: { app: web }\n  ports', 'selector: { app: api }\n  ports')),
  ).toEqual([]);
});
