import fc from 'fast-check';
import { CountOrPercent } from '../../lib';

const percents = fc.integer({ min: 0, max: 100 });
const totals = fc.integer({ min: 0, max: 1_000_000 });

// GetScaledValueFromIntOrPercent of k8s.io/apimachinery/pkg/util/intstr, in whole numbers: ceil and floor of percent * total / 100.
const up = (percent: number, total: number) => Number((BigInt(percent) * BigInt(total) + 99n) / 100n);
const down = (percent: number, total: number) => Number((BigInt(percent) * BigInt(total)) / 100n);

test('percentages round as Kubernetes rounds them', () => {
  fc.assert(
    fc.property(percents, totals, (percent, total) => {
      const share = CountOrPercent.percent(percent);
      expect([share.roundedUp(total), share.roundedDown(total)]).toEqual([up(percent, total), down(percent, total)]);
    }),
  );
});

test('a share rounded up and the rest rounded down are the total', () => {
  fc.assert(
    fc.property(percents, totals, (percent, total) => {
      const rest = CountOrPercent.percent(100 - percent).roundedDown(total);
      expect(CountOrPercent.percent(percent).roundedUp(total) + rest).toBe(total);
    }),
  );
});

test('a larger share of more pods is never fewer pods', () => {
  fc.assert(
    fc.property(percents, percents, totals, totals, (p, q, m, n) => {
      const less = CountOrPercent.percent(Math.min(p, q));
      const more = CountOrPercent.percent(Math.max(p, q));
      expect(less.roundedUp(Math.min(m, n))).toBeLessThanOrEqual(more.roundedUp(Math.max(m, n)));
      expect(less.roundedDown(Math.min(m, n))).toBeLessThanOrEqual(more.roundedDown(Math.max(m, n)));
    }),
  );
});

test('a count is itself of any total', () => {
  fc.assert(
    fc.property(fc.nat(), totals, (count, total) => {
      const fixed = CountOrPercent.count(count);
      expect([fixed.roundedUp(total), fixed.roundedDown(total)]).toEqual([count, count]);
    }),
  );
});

test('what is written to a manifest is read from it again', () => {
  const values = fc.oneof(fc.nat().map(CountOrPercent.count), percents.map(CountOrPercent.percent));
  fc.assert(fc.property(values, (value) => expect(CountOrPercent._parse(value._toManifest())).toEqual(value)));
});
