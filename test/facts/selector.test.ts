import { Selector } from '../../lib/facts/selector';
import { objects } from '../support/rules';

const parse = (yaml: string) => Selector.parse(objects(yaml)[0]);

test.each([undefined, null])('%j selects nothing', (value) => {
  for (const selector of [Selector.parse(value), Selector.ofLabels(value)]) {
    expect(selector.isNull).toBe(true);
    expect(selector.isEmpty).toBe(false);
    expect(selector.matches({})).toBe(false);
    expect(selector.matches({ app: 'web' })).toBe(false);
    expect(String(selector)).toBe('');
  }
});

test('an empty selector selects everything', () => {
  for (const selector of [
    parse('{}'),
    parse('{ matchLabels: {}, matchExpressions: [] }'),
    parse('matchLabels: null'),
  ]) {
    expect(selector.isNull).toBe(false);
    expect(selector.isEmpty).toBe(true);
    expect(selector.matches({})).toBe(true);
    expect(selector.matches({ app: 'web' })).toBe(true);
    expect(String(selector)).toBe('');
  }
});

test('a selector with labels or expressions is not empty', () => {
  expect(parse('matchLabels: { app: web }').isEmpty).toBe(false);
  expect(parse('matchExpressions: [{ key: app, operator: Exists }]').isEmpty).toBe(false);
});

test('a Service without labels selects nothing', () => {
  expect(Selector.ofLabels({}).isNull).toBe(true);
  expect(Selector.ofLabels({}).isEmpty).toBe(false);
});

test('a Service selects by plain labels', () => {
  const selector = Selector.ofLabels({ app: 'web' });
  expect(selector.isNull).toBe(false);
  expect(selector.labels).toEqual({ app: 'web' });
  expect(selector.matches({ app: 'web', tier: 'a' })).toBe(true);
  expect(selector.matches({ app: 'api' })).toBe(false);
});

test.each<[Record<string, string>, boolean]>([
  [{ app: 'web', tier: 'a' }, true],
  [{ app: 'web', tier: 'a', more: 'b' }, true],
  [{ app: 'web' }, false],
  [{ app: 'web', tier: 'b' }, false],
  [{ app: 'api', tier: 'a' }, false],
  [{}, false],
])('every label must be there: %j %j', (labels, expected) => {
  expect(parse('matchLabels: { app: web, tier: a }').matches(labels)).toBe(expected);
});

test.each<[string, Record<string, string>, boolean]>([
  ['{ key: tier, operator: In, values: [a, b] }', { tier: 'a' }, true],
  ['{ key: tier, operator: In, values: [a, b] }', { tier: 'b' }, true],
  ['{ key: tier, operator: In, values: [a, b] }', { tier: 'c' }, false],
  ['{ key: tier, operator: In, values: [a, b] }', {}, false],
  ['{ key: tier, operator: In, values: [] }', { tier: 'a' }, false],
  ['{ key: tier, operator: NotIn, values: [a, b] }', { tier: 'a' }, false],
  ['{ key: tier, operator: NotIn, values: [a, b] }', { tier: 'c' }, true],
  ['{ key: tier, operator: NotIn, values: [a, b] }', {}, true],
  ['{ key: tier, operator: Exists }', { tier: '' }, true],
  ['{ key: tier, operator: Exists }', { app: 'a' }, false],
  ['{ key: tier, operator: DoesNotExist }', { tier: '' }, false],
  ['{ key: tier, operator: DoesNotExist }', { app: 'a' }, true],
  ['{ key: tier, operator: Gt, values: ["1"] }', { tier: '2' }, false],
  ['{ key: tier }', { tier: 'a' }, false],
  ['{ operator: Exists }', { '': 'a' }, true],
  ['{ operator: Exists }', { tier: 'a' }, false],
])('%s with %j: %j', (expression, labels, expected) => {
  expect(parse(`matchExpressions: [${expression}]`).matches(labels)).toBe(expected);
});

test('labels and all expressions must hold together', () => {
  const selector = parse(`
matchLabels: { app: web }
matchExpressions:
  - { key: tier, operator: In, values: [a] }
  - { key: old, operator: DoesNotExist }
`);
  expect(selector.matches({ app: 'web', tier: 'a' })).toBe(true);
  expect(selector.matches({ app: 'api', tier: 'a' })).toBe(false);
  expect(selector.matches({ app: 'web', tier: 'b' })).toBe(false);
  expect(selector.matches({ app: 'web', tier: 'a', old: '' })).toBe(false);
});

test.each([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
])('no template shows the label %s, which a controller sets', (key) => {
  expect(parse(`matchLabels: { app: web, ${key}: a }`).seesNoTemplate).toBe(true);
  expect(parse(`{ matchLabels: { app: web }, matchExpressions: [{ key: ${key} }] }`).seesNoTemplate).toBe(true);
});

test.each(['{}', 'matchLabels: { app: web }', 'matchExpressions: [{ key: app }]', 'matchLabels: { a/job-name: a }'])(
  'templates show all that `%s` names',
  (yaml) => {
    expect(parse(yaml).seesNoTemplate).toBe(false);
  },
);

test('is written as kubectl writes it', () => {
  const selector = parse(`
matchLabels: { app: web, tier: a }
matchExpressions:
  - { key: zone, operator: In, values: [x, y] }
  - { key: old, operator: DoesNotExist }
`);
  expect(String(selector)).toBe('app=web, tier=a, zone In (x, y), old DoesNotExist');
});

test.each([
  'matchLabels: 7',
  'matchLabels: [a]',
  'matchLabels: { app: 7 }',
  'matchExpressions: 7',
  'matchExpressions: { a: b }',
  'matchExpressions: null',
])('%s reads as missing', (yaml) => {
  expect(parse(yaml)).toEqual(parse('{}'));
});

test('a wrong expression selects nothing, and wrong parts of one read as missing', () => {
  for (const item of ['7', 'null', '[a]', '{ key: 7, operator: 7, values: 7 }']) {
    expect(parse(`matchExpressions: [${item}]`)).toEqual(parse('matchExpressions: [{}]'));
  }
  expect(parse('matchExpressions: [{}]').matches({ '': 'a' })).toBe(false);
  expect(parse('matchExpressions: [{ key: a, operator: In, values: [7, b] }]').matches({ a: 'b' })).toBe(true);
});
