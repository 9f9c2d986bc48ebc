import { parseGoDuration } from '../../lib/values/go-duration';

test.each([
  ['90s', 90],
  ['5m', 300],
  ['2h', 7200],
  ['1h30m', 5400],
  ['1h1m1s', 3661],
  ['1.5h', 5400],
  ['1.h', 3600],
  ['.5s', 0.5],
  ['.25s', 0.25],
  ['12.75s', 12.75],
  ['250ms', 0.25],
  ['1ns', 1e-9],
  ['1us', 1e-6],
  ['1µs', 1e-6],
  ['1μs', 1e-6],
  ['10s10s', 20],
  ['+5s', 5],
  ['-5s', -5],
  ['-1m30s', -90],
  ['0', 0],
  ['+0', 0],
])('%s is %d seconds', (text, seconds) => {
  expect(parseGoDuration(text)).toBeCloseTo(seconds, 12);
});

test.each(['', '90', '1d', '1w', 's', '.s', '5 s', '1minute', '5S', '1h30', '--5s', '-', '00', 'a5s', '1,5s', '1e3s'])(
  '"%s" is no time',
  (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  },
);
