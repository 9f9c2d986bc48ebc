import { LabelIndex, push } from '../../lib/facts/label-index';
import { Selector } from '../../lib/facts/selector';

const item = (name: string, namespace: string, labels: Record<string, string>) => ({
  name,
  namespace,
  pod: { labels },
});

const INDEX = new LabelIndex([
  item('web', 'shop', { app: 'web', tier: 'front', track: 'stable' }),
  item('canary', 'shop', { app: 'web', tier: 'front', track: 'canary' }),
  item('api', 'shop', { app: 'api', tier: 'back' }),
  item('bare', 'shop', {}),
  item('other', 'ops', { app: 'web', tier: 'front' }),
]);

const selected = (namespace: string, value: unknown) =>
  INDEX.select(namespace, Selector.parse(value)).map(({ name }) => name);

test.each([
  [{ matchLabels: { app: 'web' } }, ['web', 'canary']],
  [{ matchLabels: { app: 'web', track: 'canary' } }, ['canary']],
  [{ matchLabels: { track: 'canary', app: 'web' } }, ['canary']],
  [{ matchLabels: { track: 'canary', app: 'api' } }, []],
  [{ matchLabels: { app: 'none' } }, []],
  [{ matchLabels: { none: 'web' } }, []],
  [{}, ['web', 'canary', 'api', 'bare']],
  [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, ['web', 'canary', 'api']],
  [{ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'track', operator: 'In', values: ['stable'] }] }, ['web']],
  [null, []],
])('%j selects %j in their order', (selector, names) => {
  expect(selected('shop', selector)).toEqual(names);
});

test('a selector sees its own namespace alone', () => {
  expect(selected('ops', { matchLabels: { app: 'web' } })).toEqual(['other']);
  expect(selected('ops', {})).toEqual(['other']);
  expect(selected('none', {})).toEqual([]);
});

test('only the bearers of the rarest label are looked at', () => {
  let looks = 0;
  const counting = (labels: Record<string, string>) => ({
    namespace: 'shop',
    pod: {
      get labels() {
        looks += 1;
        return labels;
      },
    },
  });
  const many = Array.from({ length: 50 }, (_, i) => counting({ app: 'web', id: String(i) }));
  const index = new LabelIndex(many);
  looks = 0;
  expect(index.select('shop', Selector.ofLabels({ app: 'web', id: '7' }))).toEqual([many[7]]);
  expect(looks).toBe(1);
});

test('push adds to the list under a key and makes it where there is none', () => {
  const lists = new Map([['a', [1]]]);
  push(lists, 'a', 2);
  push(lists, 'b', 3);
  expect([...lists]).toEqual([
    ['a', [1, 2]],
    ['b', [3]],
  ]);
});
