import fc from 'fast-check';
import { chanceOfMore, detectableRate, trialsNeeded } from '../../lib/values/binomial';

/** The same by the definition, for numbers that fit. */
function byDefinition(allowed: number, trials: number, rate: number): number {
  let term = (1 - rate) ** trials;
  let atMost = 0;
  for (let failed = 0; failed <= allowed && failed <= trials; failed += 1) {
    atMost += term;
    term *= ((trials - failed) / (failed + 1)) * (rate / (1 - rate));
  }
  return 1 - atMost;
}

test.each([
  [0, 1, 0.5, 0.5],
  [0, 2, 0.5, 0.75],
  [1, 2, 0.5, 0.25],
  [2, 4, 0.5, 0.3125],
  [0, 150, 0.01, 1 - 0.99 ** 150],
])('more than %i of %i at %d', (allowed, trials, rate, chance) => {
  expect(chanceOfMore(allowed, trials, rate)).toBeCloseTo(chance, 12);
});

test.each([
  [5, 5, 0.9, 0],
  [0, 0, 0.5, 0],
  [0, 10, 0, 0],
  [3, 10, 1, 1],
])('at the edges: more than %i of %i at %d is %d', (allowed, trials, rate, chance) => {
  expect(chanceOfMore(allowed, trials, rate)).toBe(chance);
});

test('it is the binomial distribution', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      // beyond, the definition itself loses its first terms to underflow
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (trials, rate, share) => {
        const allowed = Math.floor(share * trials);
        expect(chanceOfMore(allowed, trials, rate)).toBeCloseTo(byDefinition(allowed, trials, rate), 8);
      },
    ),
  );
});

test('failures of the one kind are successes of the other', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (trials, rate, share) => {
        const allowed = Math.min(trials - 1, Math.floor(share * trials));
        const mirrored = 1 - chanceOfMore(trials - allowed - 1, trials, 1 - rate);
        expect(chanceOfMore(allowed, trials, rate)).toBeCloseTo(mirrored, 8);
      },
    ),
  );
});

test('millions of requests lose nothing to underflow', () => {
  expect(chanceOfMore(10_000, 1_000_000, 0.01)).toBeCloseTo(0.497, 2);
  expect(chanceOfMore(9_000, 1_000_000, 0.01)).toBeCloseTo(1, 12);
  expect(chanceOfMore(11_000, 1_000_000, 0.01)).toBeLessThan(1e-12);
});

test('the detectable rate is where the chance is reached', () => {
  const rate = detectableRate(7, 1500, 0.95);
  expect(chanceOfMore(7, 1500, rate)).toBeCloseTo(0.95, 6);
  expect(chanceOfMore(7, 1500, rate * 0.99)).toBeLessThan(0.95);
  expect(detectableRate(1, 1, 0.95)).toBe(1);
});

test('the fewest trials are found, or it is said that there are none', () => {
  expect(trialsNeeded((trials) => trials >= 37)).toBe(37);
  expect(trialsNeeded(() => true)).toBe(1);
  expect(trialsNeeded(() => false, 1000)).toBeUndefined();
});
