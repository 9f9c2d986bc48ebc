import { below, canonical, fields, int, list, text, textList, texts } from '../../lib/facts/read';

const NO_OBJECT = [undefined, null, 'text', 7, true, ['a']];
const NO_LIST = [undefined, null, 'text', 7, true, { 0: 'a', length: 1 }];
const NO_TEXT = [undefined, null, 7, true, ['a'], { a: 'b' }];
const NO_WHOLE_NUMBER = [undefined, null, '7', true, [7], {}, 7.5, Number.NaN, Number.POSITIVE_INFINITY];

test('an object is given as it is', () => {
  const object = { a: 1 };
  expect(fields(object)).toBe(object);
});

test.each(NO_OBJECT.map((value) => [value]))('%j has no fields', (value) => {
  expect(fields(value)).toEqual({});
  expect(Object.isFrozen(fields(undefined))).toBe(true);
});

test('below follows the keys', () => {
  expect(below({ a: { b: 7 } }, 'a', 'b')).toBe(7);
  expect(below({ a: { b: 7 } }, 'a')).toEqual({ b: 7 });
  expect(below(7)).toBe(7);
});

test.each(NO_OBJECT.map((value) => [value]))('there is nothing below %j', (value) => {
  expect(below({ a: value }, 'a', 'b', 'c')).toBeUndefined();
  expect(below({ a: ['x'] }, 'a', '0')).toBeUndefined();
});

test('a list is given as it is', () => {
  const items = [1, 'a', null];
  expect(list(items)).toBe(items);
});

test.each(NO_LIST.map((value) => [value]))('%j has no items', (value) => {
  expect(list(value)).toEqual([]);
  expect(textList(value)).toEqual([]);
});

test('a text is a text, be it empty', () => {
  expect([text('a'), text('')]).toEqual(['a', '']);
});

test.each(NO_TEXT.map((value) => [value]))('%j is no text', (value) => {
  expect(text(value)).toBeUndefined();
});

test('a whole number is a number, be it zero or negative', () => {
  expect([int(7), int(0), int(-7)]).toEqual([7, 0, -7]);
});

test.each(NO_WHOLE_NUMBER.map((value) => [value]))('%j is no whole number', (value) => {
  expect(int(value)).toBeUndefined();
});

test('an object of texts is given as it is', () => {
  const labels = { a: 'b', c: '' };
  expect(texts(labels)).toBe(labels);
  expect(texts(null)).toEqual({});
});

test('entries that are no texts are left out', () => {
  expect(texts({ a: 'b', c: 1, d: null, e: true, f: ['g'], h: {} })).toEqual({ a: 'b' });
  expect(texts({ c: 1 })).toEqual({});
});

test('items that are no texts are left out', () => {
  expect(textList(['a', 1, null, '', ['b'], true])).toEqual(['a', '']);
});

test.each([
  [
    { a: 1, b: { c: 2, d: 3 } },
    { b: { d: 3, c: 2 }, a: 1 },
  ],
  [[{ a: 1, b: 2 }], [{ b: 2, a: 1 }]],
  [{ a: undefined }, {}],
  [7, 7],
  [undefined, undefined],
])('%j and %j are the same', (one, other) => {
  expect(canonical(one)).toBe(canonical(other));
});

test.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { b: 1 }],
  [{ a: 1 }, {}],
  [
    [1, 2],
    [2, 1],
  ],
  [['a'], { 0: 'a' }],
  ['7', 7],
  ['', undefined],
  [null, undefined],
])('%j and %j are not', (one, other) => {
  expect(canonical(one)).not.toBe(canonical(other));
});
