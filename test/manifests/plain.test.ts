import { ApiObject, App, Chart, type IResolver, Lazy, type ResolutionContext, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { Manifests, ProductionApp } from '../../lib';
import { emit } from '../../lib/manifests';
import { plain, resolvesOrdinarily, sortedKeys } from '../../lib/manifests/plain';
import { web } from '../support/apps';

const HEAD = { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a', labels: { b: '1', a: '2' } } };

/** What cdk8s makes of a body, and what we make of it. */
function both(
  body: Record<string, unknown>,
  app = () => Testing.app(),
  change: (object: ApiObject) => void = () => {},
) {
  const theirs = new ApiObject(new Chart(app(), 'chart', { namespace: 'n' }), 'a', { ...HEAD, ...body });
  const producers = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, () => value]));
  const ours = emit(new Chart(app(), 'chart', { namespace: 'n' }), 'a', HEAD, producers);
  for (const object of [theirs, ours]) change(object);
  return { theirs: JSON.stringify(theirs.toJson()), ours: JSON.stringify(ours.toJson()) };
}

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined)),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 4 }), tie('any'), { maxKeys: 6, noNullPrototype: true }),
    tie('any').map((inner) => Lazy.any({ produce: () => inner })),
    tie('any').map((inner) => ({ resolve: () => inner })),
    fc.oneof(fc.integer(), fc.string()).map((inner) => kplus.k8s.IntOrString.fromString(String(inner))),
  ),
})).any;
const body = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), value, { maxKeys: 5, noNullPrototype: true });

test('any body, lazy or not: what cdk8s makes of it, key by key', () => {
  fc.assert(
    fc.property(body, (fields) => {
      const { theirs, ours } = both(fields);
      expect(ours).toBe(theirs);
    }),
  );
});

test('metadata that was changed later: what cdk8s makes of it', () => {
  const { theirs, ours } = both({ spec: {} }, undefined, ({ metadata }) => {
    metadata.addLabel('later', 'x');
    metadata.addAnnotation('note', Lazy.any({ produce: () => undefined }) as unknown as string);
    metadata.addFinalizers('example.com/wait');
    metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Thing', name: 'b', uid: '1' });
    metadata.add('generateName', 'a-');
    metadata.add('managedFields', []);
  });
  expect(ours).toContain('"generateName":"a-"');
  expect(ours).toContain('"later":"x"');
  expect(ours).not.toContain('managedFields');
  expect(ours).toBe(theirs);
});

/** Writes every text in capitals, and remembers where it stood. */
class Capitals implements IResolver {
  public readonly seen: string[] = [];

  public resolve(context: ResolutionContext): void {
    if (typeof context.value !== 'string' || context.value === context.value.toUpperCase()) return;
    this.seen.push(context.key.join('.'));
    context.replaceValue(context.value.toUpperCase());
  }
}

test('the resolvers of an app are asked about each value of ours, with its place', () => {
  const resolver = new Capitals();
  const { theirs, ours } = both({ spec: { list: ['x', { deep: 'y' }] } }, () => new App({ resolvers: [resolver] }));
  expect(ours).toBe(theirs);
  expect(ours).toContain('"deep":"Y"');
  expect(resolver.seen).toContain('spec.list.1.deep');
  const app = new ProductionApp({ resolvers: [new Capitals()] });
  const checkout = web(new Chart(app, 'shop'));
  expect(Manifests.of(checkout).one('SERVICE').spec.type).toBe('CLUSTERIP');
});

test('only the resolvers that every app has make the quick way right', () => {
  expect(resolvesOrdinarily(new Chart(new App(), 'a'))).toBe(true);
  expect(resolvesOrdinarily(new Chart(new App({ resolvers: [new Capitals()] }), 'a'))).toBe(false);
});

test('without CDK8S_DISABLE_SORT keys are sorted, with it they are not', () => {
  const fields = { spec: { b: 1, a: { d: 1, c: 2 } }, data: { z: 1, y: 1 } };
  expect(both(fields).ours).toBe(both(fields).theirs);
  process.env.CDK8S_DISABLE_SORT = '1';
  try {
    const { theirs, ours } = both(fields);
    expect(ours).toContain('"b":1,"a":{"d":1,"c":2}');
    expect(ours).toBe(theirs);
  } finally {
    delete process.env.CDK8S_DISABLE_SORT;
  }
});

test('keys are sorted as by sort()', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (fields) => {
      expect(sortedKeys(fields)).toEqual(Object.keys(fields).sort());
    }),
  );
});

test('an object of a class is refused by name', () => {
  expect(() => plain({ a: new Date(0) }, { sorts: true })).toThrow("can't render non-simple object of type 'Date'");
});

test('a result is a plain object like any other', () => {
  const result = plain({ a: 1 }, { sorts: true }) as object;
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  expect(result.constructor).toBe(Object);
  expect(result).toStrictEqual({ a: 1 });
});
