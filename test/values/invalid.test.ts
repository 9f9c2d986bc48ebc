import { Construct } from 'constructs';
import { at, invalid } from '../../lib/values/invalid';

const web = new Construct(new Construct(undefined as never, ''), 'shop');

test('an error is one line of place, problem and fix', () => {
  expect(invalid('Weight.percent', '120 is outside 0 to 100', 'use 100').message).toBe(
    'Weight.percent: 120 is outside 0 to 100; use 100',
  );
});

test('an error without a fix ends after the problem', () => {
  expect(invalid('Weight.percent', '120 is outside 0 to 100').message).toBe('Weight.percent: 120 is outside 0 to 100');
});

test('an error bears the name of the package', () => {
  expect(invalid('a', 'b')).toBeInstanceOf(Error);
  expect(String(invalid('a', 'b'))).toBe('cdk8s-patterns: a: b');
});

/** What `work` throws within the construct `shop`. */
function caught(work: () => unknown): unknown {
  try {
    at(web, work);
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const throwing = (error: unknown) => () => {
  throw error;
};

test('work that succeeds gives its result', () => {
  expect(at(web, () => 7)).toBe(7);
});

test('work that fails gets the path in front', () => {
  expect(String(caught(throwing(new TypeError('x: 0 is below 1'))))).toBe('cdk8s-patterns: [shop] x: 0 is below 1');
});

test('what is no error is told as text', () => {
  expect(String(caught(throwing('x is odd')))).toBe('cdk8s-patterns: [shop] x is odd');
});

test('the path of the innermost construct is kept, and its error too', () => {
  const inner = new Error('[shop/inner] x: 0 is below 1');
  expect(caught(throwing(inner))).toBe(inner);
});

test('a bracket inside the text is no path', () => {
  expect(String(caught(throwing(new Error('x[0]: bad'))))).toBe('cdk8s-patterns: [shop] x[0]: bad');
});
