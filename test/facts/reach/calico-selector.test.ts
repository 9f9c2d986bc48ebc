import { CalicoSelector } from '../../../lib/facts/reach/calico-selector';

const LABELS = { app: 'web', tier: 'front-end', 'example.com/team': 'a', empty: '' };
const matches = (text: string, labels: Record<string, string> = LABELS) =>
  CalicoSelector.parse(text).matches({ labels, isInNamespace: true });

test.each([
  ['', true],
  ['   ', true],
  ['all()', true],
  ['all( )', true],
  ["app == 'web'", true],
  ['app == "web"', true],
  ["app=='api'", false],
  ["none == 'web'", false],
  ["app != 'web'", false],
  ["app != 'api'", true],
  ["none != 'web'", true],
  ['has(app)', true],
  ['has( example.com/team )', true],
  ['has(none)', false],
  ['has(empty)', true],
  ['!has(none)', true],
  ['! has(app)', false],
  ["app in {'api', 'web'}", true],
  ["app in {'api'}", false],
  ['app in {}', false],
  ["none in {'web'}", false],
  ["app not in {'api'}", true],
  ["app notin {'web'}", false],
  ["none not in {'web'}", true],
  ["tier contains 'ont-'", true],
  ["none contains ''", false],
  ["tier starts with 'front'", true],
  ["tier starts with 'end'", false],
  ["tier ends with 'end'", true],
  ["tier ends with 'front'", false],
  ["app == 'web' && tier == 'back'", false],
  ["app == 'web' || tier == 'back'", true],
  ["app == 'api' && has(tier) || has(empty)", true],
  ["app == 'api' && (has(tier) || has(empty))", false],
  ["!(app == 'api' || app == 'db') && has(app)", true],
  ["in == 'x'", false],
  ["empty == ''", true],
])('`%s`: %s', (text, isMatch) => {
  expect(CalicoSelector.parse(text).problem).toBeUndefined();
  expect(matches(text)).toBe(isMatch);
});

test.each([
  ["app = 'web'", "cannot read `= 'web'`"],
  ['app ==', 'a text in quotes is missing before `the end`'],
  ['app == web', 'a text in quotes is missing before `web`'],
  ["app like 'web'", '`like` is no operator'],
  ["app not 'web'", '`not` is no operator'],
  ['some()', 'there is no `some()`'],
  ['has()', 'a label is missing before `)`'],
  ['(has(app)', '`)` is missing'],
  ['has(app) has(tier)', '`has` is not expected there'],
  ["app in {'web'", '`}` is missing'],
  ["app in 'web'", '`{` is missing'],
  ["== 'web'", 'a label is missing before `==`'],
  ["app == 'web", "cannot read `'web`"],
])('`%s` cannot be read, and selects nothing', (text, problem) => {
  const selector = CalicoSelector.parse(text);
  expect([selector.problem, selector.matches({ labels: LABELS, isInNamespace: true })]).toEqual([problem, false]);
});

test('in selectors of namespaces all() and global() ask whether there is one', () => {
  const [all, global] = ['all()', 'global()'].map((text) => CalicoSelector.parse(text, 'namespaces'));
  for (const isInNamespace of [true, false]) {
    expect(all?.matches({ labels: {}, isInNamespace })).toBe(isInNamespace);
    expect(global?.matches({ labels: {}, isInNamespace })).toBe(!isInNamespace);
  }
  expect(matches('global()')).toBe(true);
});

test('what is missing is known', () => {
  expect([CalicoSelector.parse(undefined).isMissing, CalicoSelector.parse('all()').isMissing]).toEqual([true, false]);
});

test('what it asks for is known: labels that no template has, and values', () => {
  const selectors = [
    "app == 'web' && tier in { 'a', 'b' }",
    "pod-template-hash == 'x'",
    "app == 'pod-template-hash'",
    'all()',
    '',
  ];
  const parsed = selectors.map((text) => CalicoSelector.parse(text));
  expect(parsed.map(({ seesNoTemplate }) => seesNoTemplate)).toEqual([false, true, false, false, false]);
  expect(parsed.map(({ values }) => values)).toEqual([['web', 'a', 'b'], ['x'], ['pod-template-hash'], [], []]);
  const unreadable = CalicoSelector.parse("job-name = 'x'");
  expect([unreadable.seesNoTemplate, unreadable.values]).toEqual([false, []]);
});

test.each([
  ['has(', 'a label is missing before `the end`'],
  ['app in', '`{` is missing'],
  ['app starts', '`starts` is no operator'],
  ["in with 'x'", '`with` is no operator'],
])('`%s` ends too early', (text, problem) => {
  expect(CalicoSelector.parse(text).problem).toBe(problem);
});
