import { meshProxyStartsLate as rule } from '../../../lib/rules/app/mesh-proxy-starts-late';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web: app/mesh-proxy-starts-late: spec.template.metadata.annotations[proxy.istio.io/config]: without holdApplicationUntilProxyStarts the app starts beside its proxy, so that its first connections are refused; add holdApplicationUntilProxyStarts: true to the annotation',
  ]);
});

test('only a proxy that is surely an ordinary container starts beside the app', () => {
  expect(findingsOf(rule, rule.bad, { istio: '1.27' })).toEqual([]);
  expect(findingsOf(rule, rule.bad, { istio: '1.27', kubernetes: '1.32' })).toHaveLength(1);
  expect(findingsOf(rule, rule.bad, {})).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '"true"', '"false"'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, ', sidecar.istio.io/inject: "true"', ''))).toEqual([]);
});

test('an annotation that says something else does not help', () => {
  expect(findingsOf(rule, varied(rule.good, 'Starts: true', 'Starts: false'))).toHaveLength(1);
  expect(
    findingsOf(rule, varied(rule.good, '"holdApplicationUntilProxyStarts: true"', '"concurrency: 2"')),
  ).toHaveLength(1);
});

const withField = (field: string) => varied(rule.bad, 'image: "web:1.0"', `image: "web:1.0", ${field}`);

test.each([
  'command: [sh, -c, "until curl -fs localhost:15021/healthz/ready; do sleep 1; done; exec web"]',
  'args: ["wait-for", "http://127.0.0.1:15020/healthz/ready"]',
  'command: [sh, -c, "pilot-agent wait; exec web"]',
  'command: [scuttle, web]',
  'env: [{ name: ENVOY_ADMIN_API, value: "http://127.0.0.1:15000" }]',
  'env: [{ name: WAIT_FOR, value: "localhost:15021" }]',
])('an app with %s waits by itself', (field) => {
  expect(findingsOf(rule, withField(field))).toEqual([]);
});

test.each(['command: [web, --port, "15021"]', 'args: ["localhost:150219"]', 'env: [{ name: A, value: b }]'])(
  'an app with %s does not',
  (field) => {
    expect(findingsOf(rule, withField(field))).toHaveLength(1);
  },
);

test('one container that waits is taken for the app', () => {
  const helper = '{ name: log, image: "log:1.0" }';
  const app = 'image: "web:1.0", command: [sh, -c, "pilot-agent wait; exec web"]';
  expect(findingsOf(rule, varied(rule.bad, 'image: "web:1.0" }', `${app} }, ${helper}`))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'image: "web:1.0" }', `image: "web:1.0" }, ${helper}`))).toHaveLength(1);
});
