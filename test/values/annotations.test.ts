import {
  acknowledgedId,
  acknowledgeKey,
  CLASSIC_SIDECARS,
  CONFIG_HASH,
  DISPOSABLE,
  DRAIN,
  LONGEST_TASK,
  ON_FATAL,
  parseNames,
  parseSeconds,
  QUORUM,
  RESTART_CURES,
  ROLE,
  SIDECARS_STOP_WITHIN,
  STARTS_BEFORE_APP,
  STARTS_WITHIN,
  WITHOUT_SHELL,
} from '../../lib/values/annotations';

test.each([
  [STARTS_WITHIN, 'cdk8s-patterns/starts-within'],
  [DRAIN, 'cdk8s-patterns/drain'],
  [RESTART_CURES, 'cdk8s-patterns/restart-cures'],
  [CLASSIC_SIDECARS, 'cdk8s-patterns/classic-sidecars'],
  [SIDECARS_STOP_WITHIN, 'cdk8s-patterns/sidecars-stop-within'],
  [STARTS_BEFORE_APP, 'cdk8s-patterns/starts-before-app'],
  [WITHOUT_SHELL, 'cdk8s-patterns/without-shell'],
  [ROLE, 'cdk8s-patterns/role'],
  [ON_FATAL, 'cdk8s-patterns/on-fatal'],
  [LONGEST_TASK, 'cdk8s-patterns/longest-task'],
  [DISPOSABLE, 'cdk8s-patterns/disposable'],
  [QUORUM, 'cdk8s-patterns/quorum'],
  [CONFIG_HASH, 'cdk8s-patterns/config-hash'],
])('%s keeps its name, since it stands in manifests that are live', (key, literal) => {
  expect(key).toBe(literal);
});

test('the key that acknowledges a finding has no second slash', () => {
  expect(acknowledgeKey('app/grace-too-short')).toBe('cdk8s-patterns/acknowledge.app.grace-too-short');
});

test('only the first dot of an acknowledgement stands for the slash of the id', () => {
  expect(acknowledgedId('cdk8s-patterns/acknowledge.app.grace-too-short')).toBe('app/grace-too-short');
  expect(acknowledgedId('cdk8s-patterns/acknowledge.a.b.c')).toBe('a/b.c');
});

test.each(['cdk8s-patterns/drain', 'other/cdk8s-patterns/acknowledge.app.x', 'acknowledge.app.x', ''])(
  '`%s` acknowledges nothing',
  (key) => {
    expect(acknowledgedId(key)).toBeUndefined();
  },
);

test.each([
  ['0s', 0],
  ['45s', 45],
  ['2m', 120],
  ['1h', 3600],
  ['999999999s', 999999999],
])('%s are %d seconds', (text, seconds) => {
  expect(parseSeconds(text)).toBe(seconds);
});

test.each([undefined, '', 's', '45', '1d', '1.5s', '-1s', ' 1s', '1s ', '1m30s', '1000000000s', 'x1s'])(
  '%j is no time',
  (text) => {
    expect(parseSeconds(text)).toBeUndefined();
  },
);

test('names are split at commas and trimmed; empty ones are left out', () => {
  expect(parseNames(' a,b-c , ,,d')).toEqual(['a', 'b-c', 'd']);
  expect(parseNames('')).toEqual([]);
  expect(parseNames(undefined)).toEqual([]);
});
