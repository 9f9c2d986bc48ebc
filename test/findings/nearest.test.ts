import { oneOf } from '../../lib/findings/nearest';

const NAMES = ['checkout', 'payments', 'cart'];

test.each([
  ['chekout', 'checkout'],
  ['checkuot', 'checkout'],
  ['checkout1', 'checkout'],
  ['xcheckout', 'checkout'],
  ['chckut', 'checkout'],
  ['Payments', 'payments'],
  ['car', 'cart'],
  ['card', 'cart'],
  ['cards', 'cart'],
  ['chackaut', 'checkout'],
  ['kard', 'one of checkout, payments, cart'],
  ['chckt', 'one of checkout, payments, cart'],
  ['orders', 'one of checkout, payments, cart'],
  ['', 'one of checkout, payments, cart'],
])('instead of %j: %s', (name, expected) => {
  expect(oneOf(NAMES, name)).toBe(expected);
});

test('the only name is the one', () => {
  expect(oneOf(['checkout'], 'web')).toBe('checkout');
});

test('of two names that are as close, none is guessed', () => {
  expect(oneOf(['web-v1', 'web-v2', 'cart'], 'web-v3')).toBe('one of web-v1, web-v2, cart');
});

test('of many names five are listed', () => {
  expect(oneOf(['a1', 'b2', 'c3', 'd4', 'e5', 'f6'], 'checkout')).toBe('one of a1, b2, c3, d4, e5 and 1 more');
});

test('of hundreds of names none is guessed', () => {
  const names = (count: number) => ['checkout', ...Array.from({ length: count - 1 }, (_, index) => `${index}`)];
  expect(oneOf(names(300), 'chekout')).toBe('checkout');
  expect(oneOf(names(301), 'chekout')).toBe('one of checkout, 0, 1, 2, 3 and 296 more');
});
