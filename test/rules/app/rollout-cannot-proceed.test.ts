import { rolloutCannotProceed as rule } from '../../../lib/rules/app/rollout-cannot-proceed';
import { findings, findingsOf, varied } from '../../support/rules';

const FIELD = 'Deployment web: app/rollout-cannot-proceed: spec.strategy.rollingUpdate.maxUnavailable';

test('says both limits as written', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}: 0, while maxSurge is 0, so that no roll-out can begin and the API server refuses the Deployment; set maxSurge to 1; with WebApp: surge: CountOrPercent.count(1)`,
  ]);
  expect(findingsOf(rule, strategy('{ rollingUpdate: { maxSurge: 0%, maxUnavailable: 0% } }'))[0]).toContain(
    '0%, while maxSurge is 0%,',
  );
});

function strategy(text: string): string {
  return varied(rule.bad, '{ rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }', text);
}

test.each([
  ['{ type: RollingUpdate, rollingUpdate: { maxSurge: 0, maxUnavailable: 0% } }', 1],
  ['{ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }', 0],
  ['{ rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }', 0],
  ['{ rollingUpdate: { maxSurge: 1%, maxUnavailable: 0% } }', 0],
  ['{ rollingUpdate: { maxSurge: 0%, maxUnavailable: 1% } }', 0],
  ['{ rollingUpdate: { maxSurge: 0 } }', 0],
  ['{ rollingUpdate: { maxUnavailable: 0 } }', 0],
  ['{}', 0],
  ['{ type: Recreate, rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }', 0],
])('strategy %s: %i findings; a missing limit is 25%%', (text, count) => {
  expect(findingsOf(rule, strategy(text))).toHaveLength(count);
});

test('a DaemonSet has a strategy of its own', () => {
  expect(findingsOf(rule, varied(rule.bad, 'kind: Deployment', 'kind: DaemonSet'))).toEqual([]);
});

test('what the API server refuses stops no pods: no other rule speaks of it', () => {
  const service = `---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
  const served = varied(rule.bad, 'strategy:', 'replicas: 3\n  strategy:') + service;
  const ids = findings(served).map((line) => line.split(': ')[1]);
  expect(ids).toContain('app/rollout-cannot-proceed');
  expect(ids).not.toContain('app/rollout-drops-capacity');
  expect(ids).not.toContain('app/rollout-without-settling');
});

test('a Rollout of Argo is refused by its controller', () => {
  const rollout = (limits: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  strategy: { ${limits} }
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } } }
`;
  expect(findingsOf(rule, rollout('canary: { maxSurge: 0, maxUnavailable: 0% }'))).toEqual([
    'Rollout web: app/rollout-cannot-proceed: spec.strategy.canary.maxUnavailable: 0%, while maxSurge is 0, so that no roll-out can begin and Argo refuses the whole Rollout; set maxSurge to 1',
  ]);
  const routed = 'canary: { maxSurge: 0, maxUnavailable: 0, trafficRouting: { nginx: { stableIngress: web } } }';
  expect(findingsOf(rule, rollout(routed))).toHaveLength(1);
  for (const limits of ['canary: { maxSurge: 0 }', 'canary: { maxUnavailable: 0 }', 'canary: {}']) {
    expect(findingsOf(rule, rollout(limits))).toEqual([]);
  }
  expect(findingsOf(rule, rollout('blueGreen: { maxSurge: 0, maxUnavailable: 0 }'))).toEqual([]);
});
