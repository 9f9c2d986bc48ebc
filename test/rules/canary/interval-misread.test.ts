import { intervalMisread as rule } from '../../../lib/rules/canary/interval-misread';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Canary web: canary/interval-misread: spec.analysis.interval';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}: 30seconds is no time that Flagger can read, so that it looks every 60 s; use 30s`,
  ]);
  expect(findingsOf(rule, paced('5s'))).toEqual([
    `${FIELD}: 5s is less than Flagger takes, so that it looks every 10 s; use 10s`,
  ]);
});

function paced(interval: string): string {
  return varied(rule.bad, '30seconds', interval);
}

test.each([
  ['1minute', 'use 1m'],
  ['90sec', 'use 90s'],
  ['1m30', 'use 1m'],
  ['0s', 'use 10s'],
  ['9s', 'use 10s'],
  ['500ms', 'use 10s'],
])('%s is misread: %s', (interval, fix) => {
  expect(findingsOf(rule, paced(interval))[0]).toMatch(new RegExp(`; ${fix}$`));
});

test.each(['10s', '60s', '1m', '1m30s', '90s', '1.5m', '1h', 'x1m', 'minute', '60', 'null', '""'])(
  '%s is read as it is meant, or refused',
  (interval) => {
    expect(findingsOf(rule, paced(interval))).toEqual([]);
  },
);
