import { Memo } from '../../lib/facts/memo';

test('works once for each key, even where the result is undefined', () => {
  const asked: string[] = [];
  const memo = new Memo<string, number | undefined>((key) => {
    asked.push(key);
    return key === 'none' ? undefined : key.length;
  });
  expect(['ab', 'none', 'ab', 'none'].map((key) => memo.of(key))).toEqual([2, undefined, 2, undefined]);
  expect(asked).toEqual(['ab', 'none']);
});
