import fc from 'fast-check';
import { LabelIndex } from '../../lib/facts/label-index';
import { Selector } from '../../lib/facts/selector';

// Few keys and values, so that labels meet selectors often.
const keys = fc.constantFrom('app', 'tier', 'track', 'example.com/zone');
const values = fc.constantFrom('', 'a', 'b', 'web');
const namespaces = fc.constantFrom('default', 'shop', 'ops');
const labels = fc.dictionary(keys, values, { maxKeys: 4 });
const items = fc.array(fc.record({ namespace: namespaces, pod: fc.record({ labels }) }), { maxLength: 30 });
const requirements = fc.record({
  key: keys,
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt'),
  values: fc.array(values, { maxLength: 3 }),
});
const selectors = fc.oneof(
  fc.constant(Selector.parse(null)),
  fc.record({ matchLabels: labels, matchExpressions: fc.array(requirements, { maxLength: 2 }) }).map(Selector.parse),
  labels.map(Selector.ofLabels),
);

test('the index selects what a loop over everything selects, in the same order', () => {
  fc.assert(
    fc.property(items, namespaces, selectors, (all, namespace, selector) => {
      const expected = all.filter((item) => item.namespace === namespace && selector.matches(item.pod.labels));
      const selected = new LabelIndex(all).select(namespace, selector);
      expect(selected).toHaveLength(expected.length);
      expect(selected.every((item, index) => item === expected[index])).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('what bears a label is either selected by the label or by its absence', () => {
  fc.assert(
    fc.property(labels, keys, fc.array(values, { minLength: 1, maxLength: 3 }), (bearer, key, among) => {
      const matches = (operator: string) =>
        Selector.parse({ matchExpressions: [{ key, operator, values: among }] }).matches(bearer);
      expect(matches('In')).toBe(!matches('NotIn'));
      expect(matches('Exists')).toBe(!matches('DoesNotExist'));
    }),
  );
});
