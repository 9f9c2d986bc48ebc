import { Duration } from 'cdk8s';
import * as p from '../../lib';
import { allowedShare, goodRange } from '../../lib/canary/gate';
import { thrown } from '../support/apps';

const SERIES = {
  namespace: 'shop',
  container: 'web',
  istio: 'destination_workload="web-canary"',
  own: 'track="canary"',
};

test('a success rate allows what it does not ask for, and catches twice as much', () => {
  const { name, measure, catches } = p.Gate.successRate(99.5)._intent;
  expect(name).toBe('success-rate');
  expect(allowedShare(measure)).toBe(0.005);
  expect(catches).toBe(0.01);
  expect(goodRange(measure)).toEqual({ min: 99.5 });
});

test('a latency counts the requests that take longer', () => {
  const { name, measure, catches } = p.Gate.latency(p.Quantile.P95, Duration.millis(400))._intent;
  expect(name).toBe('latency-p95');
  expect(allowedShare(measure)).toBe(0.05);
  expect(catches).toBe(0.1);
  expect(goodRange(measure)).toEqual({ max: 400 });
});

test('what is caught can be said, and is at most everything', () => {
  expect(p.Gate.successRate(99, { catchesPercent: 5 })._intent.catches).toBe(0.05);
  expect(p.Gate.latency(p.Quantile.P50, Duration.millis(9))._intent.catches).toBe(1);
});

test('a query and a webhook count nothing', () => {
  const query = p.Gate.query('queue', 'sum(queue_length)', { max: 10 })._intent;
  expect(query.catches).toBeUndefined();
  expect(allowedShare(query.measure)).toBeUndefined();
  expect(goodRange(query.measure)).toEqual({ max: 10 });
  expect(goodRange(p.Gate.webhook('smoke', 'https://ci.example.com/smoke')._intent.measure)).toEqual({});
});

test.each<[string, p.Gate, p.Telemetry, string]>([
  [
    'a success rate by Istio',
    p.Gate.successRate(99),
    p.Telemetry.istio(),
    '100 * sum(rate(istio_requests_total{destination_workload="web-canary",response_code!~"5.*"}[10m])) / sum(rate(istio_requests_total{destination_workload="web-canary"}[10m]))',
  ],
  [
    'a latency by Istio, in milliseconds as it is',
    p.Gate.latency(p.Quantile.P99, Duration.millis(1)),
    p.Telemetry.istio(),
    'histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket{destination_workload="web-canary"}[10m])) by (le))',
  ],
  [
    'a success rate by the app',
    p.Gate.successRate(99),
    p.Telemetry.app({ requests: 'calls', status: 'status' }),
    '100 * sum(rate(calls{namespace="shop",container="web",track="canary",status!~"5.*"}[10m])) / sum(rate(calls{namespace="shop",container="web",track="canary"}[10m]))',
  ],
  [
    'a latency by the app, from seconds',
    p.Gate.latency(p.Quantile.P50, Duration.millis(1)),
    p.Telemetry.app(),
    '1000 * histogram_quantile(0.5, sum(rate(http_request_duration_seconds_bucket{namespace="shop",container="web",track="canary"}[10m])) by (le))',
  ],
  [
    'a query of one’s own',
    p.Gate.query('q', 'max_over_time(q[{{window}}])', { max: 1 }),
    p.Telemetry.app(),
    'max_over_time(q[10m])',
  ],
  ['a webhook', p.Gate.webhook('w', 'http://w/'), p.Telemetry.app(), ''],
  ['a template', p.Gate.template('t', { max: 1 }), p.Telemetry.app(), ''],
])('the query for %s', (_, gate, telemetry, query) => {
  expect(telemetry._query(gate._intent.measure, SERIES, '10m')).toBe(query);
});

test.each<[() => unknown, string]>([
  [() => p.Gate.successRate(0), 'Gate.successRate: 0 is not between 0 and 100'],
  [() => p.Gate.successRate(100), 'Gate.successRate: 100 is not between 0 and 100'],
  [
    () => p.Gate.successRate(99, { catchesPercent: 1 }),
    'Gate.successRate: catchesPercent: 1 % is not above the 1 % that the gate allows, and at most 100 %; use catchesPercent: 2',
  ],
  [
    () => p.Gate.successRate(99, { catchesPercent: 101 }),
    'Gate.successRate: catchesPercent: 101 % is not above the 1 % that the gate allows, and at most 100 %; use catchesPercent: 2',
  ],
  [
    () => p.Gate.latency(p.Quantile.P99, Duration.millis(0)),
    'Gate.latency: 0 ms is not a whole number of 1 ms or more; use Duration.millis(400)',
  ],
  [() => p.Gate.query('q', ' ', { max: 1 }), 'Gate.query: the query is empty'],
  [() => p.Gate.template('q', {}), 'Gate.template: every answer would be good; give min, max, or both'],
  [() => p.Gate.query('q', 'up', {}), 'Gate.query: every answer would be good; give min, max, or both'],
  [() => p.Gate.query('q', 'up', { min: 2, max: 1 }), 'Gate.query: no answer is between min 2 and max 1'],
  [
    () => p.Gate.query('Q', 'up', { min: 2 }),
    'Gate.query: `Q` is not a DNS label; use lower-case letters, digits and inner hyphens',
  ],
  [
    () => p.Gate.webhook('w', 'ci.example.com'),
    "Gate.webhook: `ci.example.com` is not an address; use 'http://prometheus.monitoring:9090'",
  ],
  [
    () => p.Gate.successRate(99, { prometheus: 'prometheus:9090' }),
    "Gate.successRate: prometheus: `prometheus:9090` is not an address; use 'http://prometheus.monitoring:9090'",
  ],
  [() => p.Gate.successRate(99, { window: Duration.seconds(0) }), 'Gate.successRate: window: 0s is below 1s'],
  [() => p.Telemetry.app({ status: 'a-b' }), 'Telemetry.app: status: `a-b` is no name'],
  [() => p.Testers.header('x canary', 'y'), 'Testers.header: `x canary` is no name of a header'],
  [() => p.Testers.header('x-canary', ''), 'Testers.header: `` is no value of a header'],
  [
    () => p.Traffic.requestsPerSecond(0),
    'Traffic.requestsPerSecond: 0 is not above 0; use Traffic.requestsPerSecond(50)',
  ],
  [
    () => p.ReleaseTarget.named('StatefulSet', 'db'),
    "ReleaseTarget.named: `StatefulSet` cannot be released; use 'Deployment'",
  ],
])('bad input %#', (work, message) => {
  expect(thrown(work)).toBe(message);
});
