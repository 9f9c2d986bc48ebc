import { readdirSync, readFileSync } from 'node:fs';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { RULES } from '../../lib/rules';
import { exampleFile, exampleNames } from '../support/examples';

interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string; readonly remarks?: string };
  readonly optional?: boolean;
  readonly type?: object;
}
interface ApiType extends Documented {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly abstract?: boolean;
  readonly properties?: Documented[];
  readonly methods?: (Documented & { readonly parameters?: Documented[] })[];
  readonly members?: Documented[];
}

// made by the compiler, which `npm test` runs first
const assembly: { types: Record<string, ApiType> } = JSON.parse(readFileSync('.jsii', 'utf8'));
const types = Object.values(assembly.types);
const structs = types.filter((type) => type.kind === 'interface' && type.datatype);
const optional = structs.flatMap((type) =>
  (type.properties ?? []).filter((property) => property.optional).map((property) => ({ type, property })),
);
const all = types.flatMap((type) => [
  { path: type.name, item: type as Documented },
  ...[...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])].map((item) => ({
    path: `${type.name}.${item.name}`,
    item,
  })),
]);

test('everything public says what it is, in a sentence', () => {
  expect(
    all.filter(({ item }) => !item.docs?.summary?.match(/^([A-Z`]|gRPC).*[.;]$/s)).map(({ path }) => path),
  ).toEqual([]);
});

test('every optional prop says what happens without it', () => {
  const wrong = optional.filter(({ property }) => {
    const text = property.docs?.default;
    return text === undefined || /^(undefined|none|null)$|default value/i.test(text.replace(/^- /, ''));
  });
  expect(wrong.map(({ type, property }) => `${type.name}.${property.name}: ${property.docs?.default}`)).toEqual([]);
});

test('no union, whose parts other languages cannot tell apart', () => {
  expect(all.filter(({ item }) => JSON.stringify(item.type ?? {}).includes('"union"')).map(({ path }) => path)).toEqual(
    [],
  );
});

test('a number says its unit, by its type or its name', () => {
  const unitless =
    /^(replicas|retries|completions|parallelism|port|servicePort|nodes|nodePort|maxSkew|userId|groupId|volumeGroupId|min|max|order|priority|perSecond|simultaneous)$/;
  const wrong = structs.flatMap((type) =>
    (type.properties ?? [])
      .filter(({ type: t }) => JSON.stringify(t) === '{"primitive":"number"}')
      .filter(
        ({ name }) =>
          !/(Millis|Percent|Seconds|Pods|Requests|Errors|Checks|Connections)$/.test(name) && !unitless.test(name),
      )
      .map(({ name }) => `${type.name}.${name}`),
  );
  expect(wrong).toEqual([]);
});

test('interfaces that are not structs begin with I', () => {
  const behavioural = types.filter((type) => type.kind === 'interface' && !type.datatype);
  expect(behavioural.map(({ name }) => name).filter((name) => !/^I[A-Z][a-z]/.test(name))).toEqual([]);
});

test('no name is one of cdk8s or cdk8s-plus-27', () => {
  const taken = new Set([...Object.keys(cdk8s), ...Object.keys(kplus)]);
  expect(types.map(({ name }) => name).filter((name) => taken.has(name))).toEqual([]);
});

test('no name is a word that other languages reserve', () => {
  const reserved = [
    'namespace',
    'from',
    'default',
    'range',
    'type',
    'internal',
    'is',
    'in',
    'class',
    'import',
    'package',
  ];
  const allowed = ['KedaTrigger.type'];
  expect(
    all.filter(({ path, item }) => reserved.includes(item.name) && !allowed.includes(path)).map(({ path }) => path),
  ).toEqual([]);
});

test('the ids of findings in docstrings exist', () => {
  const ids = RULES.map(({ id }) => id);
  const cited = all.flatMap(({ path, item }) =>
    [...(item.docs?.remarks ?? '').matchAll(/Findings: (.*)/g)].flatMap(([, list]) =>
      (list ?? '').split(', ').map((id) => ({ path, id })),
    ),
  );
  expect(cited.length).toBeGreaterThan(10);
  expect(cited.filter(({ id }) => !ids.includes(id))).toEqual([]);
});

test('every construct is used in an example', () => {
  const programs = exampleNames().flatMap((example) =>
    readdirSync(exampleFile(example, ''))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(exampleFile(example, file), 'utf8')),
  );
  const constructs = ['WebApp', 'Worker', 'BatchTask', 'DisruptionGuard', 'ProductionApp'];
  for (const name of constructs) expect(types.map((type) => type.name)).toContain(name);
  expect(constructs.filter((name) => !programs.some((program) => program.includes(`new ${name}(`)))).toEqual([]);
});
