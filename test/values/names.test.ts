import { checkAnnotations, checkLabels, dnsLabel, envName, hostName, portName } from '../../lib/values/names';
import { thrown } from '../support/apps';

const many = (count: number, letter = 'a') => letter.repeat(count);

test.each(['a', '0', 'a0', 'web-1', 'a--b', many(63)])('%j is a DNS label', (name) => {
  expect(dnsLabel('x', name)).toBe(name);
});

test.each(['', '-a', 'a-', '-', 'A', 'a.b', 'a_b', 'a b', 'ä', 'a\n', '\na'])('%j is no DNS label', (name) => {
  expect(thrown(() => dnsLabel('x', name))).toBe(
    `x: \`${name}\` is not a DNS label; use lower-case letters, digits and inner hyphens`,
  );
});

test('a DNS label has at most 63 characters, or as many as are asked for', () => {
  expect(thrown(() => dnsLabel('x', many(64)))).toBe(`x: \`${many(64)}\` has 64 characters, 63 are allowed`);
  expect(dnsLabel('x', many(52), 52)).toBe(many(52));
  expect(thrown(() => dnsLabel('x', many(53), 52))).toBe(`x: \`${many(53)}\` has 53 characters, 52 are allowed`);
});

const LONGEST_HOST = [many(63), many(63), many(63), many(61)].join('.');

test.each(['a', 'shop.example.com', '*.example.com', 'a--b.c', '1.2.3.4', `${many(63)}.com`, LONGEST_HOST])(
  '%j is the name of a host',
  (host) => {
    expect(hostName('x', host)).toBe(host);
  },
);

test.each([
  '',
  '*',
  '*.',
  '*.*.com',
  'a.*.com',
  'a.',
  '.a',
  'a..b',
  'A.com',
  'a_b.com',
  '-a.com',
  'https://a.com',
  'a.com:80',
  'a.com/x',
  `${many(64)}.com`,
  `${LONGEST_HOST}a`,
])('%j is the name of no host', (host) => {
  expect(thrown(() => hostName('x', host))).toBe(
    `x: \`${host}\` is not a host name; use \`shop.example.com\`, without scheme, port and path`,
  );
});

test.each(['http', 'a', '8a', 'a8', '80-80a', 'grpc-web', 'a-b-c', many(15)])('%j is a port name', (name) => {
  expect(portName('x', name)).toBe(name);
});

test.each(['', '80', '8-0', '-a', 'a-', 'a--b', 'A', 'a_b', 'a.b', 'a b', 'http\n'])('%j is no port name', (name) => {
  expect(thrown(() => portName('x', name))).toBe(
    `x: \`${name}\` is not a port name; use lower-case letters, digits and single inner hyphens`,
  );
});

test('a port name has at most 15 characters', () => {
  expect(thrown(() => portName('x', many(16)))).toBe(`x: \`${many(16)}\` has 16 characters, 15 are allowed`);
});

test.each(['PATH', 'a', '_', '-', '.', 'a.b-c_D9', '_9'])('%j names an environment variable', (name) => {
  expect(envName('x', name)).toBe(name);
});

test.each(['', '9A', 'A B', 'A=B', 'Ä', 'A\n', '$A', 'A$'])('%j names no environment variable', (name) => {
  expect(thrown(() => envName('x', name))).toBe(`x: \`${name}\` is not the name of an environment variable`);
});

const KEYS = [
  'app',
  'A',
  '9',
  'a.b_c-D9',
  many(63),
  'example.com/app',
  'a/b',
  'app.kubernetes.io/name',
  `${many(253)}/a`,
  'a--b.c/d',
];

const NO_KEYS = [
  '',
  '/',
  '/a',
  'a/',
  'a/b/c',
  '-a',
  'a-',
  '_a',
  'a.',
  'a b',
  many(64),
  'A.com/a',
  'a..b/c',
  '-a/b',
  'a-/b',
  'a_b/c',
  `${many(254)}/a`,
  `a/${many(64)}`,
  'ä',
];

const NO_NAME = (key: string) => `x: \`${key}\` is not a qualified name; use \`name\` or \`dns.prefix/name\``;

test.each(KEYS)('%j may be the key of a label and of an annotation', (key) => {
  expect(checkLabels('x', { [key]: 'a' })).toEqual({ [key]: 'a' });
  expect(checkAnnotations('x', { [key]: 'a' })).toEqual({ [key]: 'a' });
});

test.each(NO_KEYS)('%j may be no key', (key) => {
  expect(thrown(() => checkLabels('x', { [key]: 'a' }))).toBe(NO_NAME(key));
  expect(thrown(() => checkAnnotations('x', { [key]: 'a' }))).toBe(NO_NAME(key));
});

test.each(['', 'a', 'A', '9', 'a.b_c-D9', many(63)])('%j may be the value of a label', (value) => {
  expect(checkLabels('x', { app: value })).toEqual({ app: value });
});

test.each(['-a', 'a-', '.a', '_', 'a b', 'a/b', 'ä', 'a\n', many(64)])('%j may be no value of a label', (value) => {
  expect(thrown(() => checkLabels('x', { app: value }))).toBe(
    `x: \`app: ${value}\` is not a label value; use at most 63 letters, digits, \`-\`, \`_\` or \`.\``,
  );
});

test('the value of an annotation is free text', () => {
  const annotations = { note: ' {"a": 1}\n', empty: '' };
  expect(checkAnnotations('x', annotations)).toEqual(annotations);
});

test('every label is checked, not the first alone', () => {
  expect(thrown(() => checkLabels('x', { a: 'b', 'c d': 'e' }))).toBe(NO_NAME('c d'));
  expect(thrown(() => checkAnnotations('x', { a: 'b', 'c d': 'e' }))).toBe(NO_NAME('c d'));
});

test('what is checked is a copy: a later change of the input changes nothing', () => {
  const given = { app: 'web' };
  const labels = checkLabels('x', given);
  const annotations = checkAnnotations('x', given);
  given.app = 'other';
  expect([labels, annotations]).toEqual([{ app: 'web' }, { app: 'web' }]);
});
