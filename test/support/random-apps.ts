import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, type App, type AppProps, Chart, JsonPatch, Lazy, type YamlOutputType } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import * as fc from 'fast-check';

/** A construct of a random app, and what is below it. */
export interface RandomConstruct {
  readonly kind: 'construct' | 'chart' | 'object';
  readonly id: string;
  readonly children: readonly RandomConstruct[];
  readonly body: unknown;
  readonly form: 'plain' | 'lazy' | 'patched' | 'annotated';
}

/** A random app: its tree, and who depends on whom, as numbers that are taken modulo the number of constructs. */
export interface RandomApp {
  readonly charts: readonly RandomConstruct[];
  readonly dependencies: readonly (readonly [number, number])[];
  /** Whether dependencies may lead backwards, and then round in circles. */
  readonly isWild: boolean;
  readonly yamlOutputType: YamlOutputType;
  readonly recordConstructMetadata: boolean;
}

/** Texts that YAML 1.1 reads as something else, or that need quotes, escapes or a block. */
export const ODD_TEXTS = [
  ...['', '~', 'null', 'Null', 'nUll', 'y', 'Y', 'n', 'yes', 'no', 'nO', 'on', 'oN', 'Off', 'true', 'TRUE', 'tRUE'],
  ...[
    '1',
    '+1',
    '-1',
    '0',
    '017',
    '08',
    '0o7',
    '0b1',
    '0x1f',
    '1_000',
    '1e3',
    'e5',
    '.5',
    '5.',
    '.',
    '-.5',
    '1.4.2',
    '1.e5',
  ],
  ...[
    '.inf',
    '-.inf',
    '.nan',
    '.NaN',
    '+.nan',
    '2001-01-01',
    '2001-12-14t21:59:43.10-05:00',
    '2001-1-1 10:00:00',
    '1:30',
    '1:30.5',
  ],
  ...[
    '<<',
    '=',
    '-',
    '?',
    '- a',
    '? a',
    'a: b',
    'a:',
    ':a',
    'a #b',
    'a#b',
    '#a',
    ' a',
    'a ',
    '\ta',
    'a\tb',
    '---',
    '--- a',
    '...',
    '%a',
  ],
  ...[
    '*',
    '*a',
    '&a',
    '!a',
    '|',
    '>',
    '@a',
    '`a`',
    '"a"',
    "'a'",
    `"a'`,
    'a"b',
    "it's",
    '{a}',
    '[a]',
    'a,b',
    ',a',
    '{{ .Values.x }}',
    '\\',
  ],
  ...[
    'a\nb',
    'a\nb\n',
    'a\n\nb\n',
    'a\n',
    '\na',
    'a\n\n',
    'a \nb',
    'a\n b\n',
    'a\n  \n',
    '{\n  "a": 1\n}\n',
    'a: b\nc: d\n',
    '#a\nb',
    '- a\n',
    'a\r\nb',
  ],
  ...[
    '\n',
    ' ',
    '  \n',
    'ä',
    'größer: 1',
    '日本',
    '😀',
    '\u00a0',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ud800',
    '\u0007',
    '\u007f',
    '\u001b[0m',
  ],
  ...[
    'x'.repeat(200),
    'lorem ipsum '.repeat(20),
    'a\n---\nb\n',
    '200m',
    '25%',
    '10.0.0.0/8',
    '8080:80',
    'true ',
    'no\n',
  ],
];

const text = fc.oneof(
  { arbitrary: fc.constantFrom(...ODD_TEXTS), weight: 3 },
  { arbitrary: fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9./-]{0,12}$/), weight: 4 },
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.stringMatching(/^[-+0-9.eE_:xobTZ ]{0,10}$/),
  fc.stringMatching(/^[a-z :#\n"'-]{0,14}$/),
);
const plain = fc.oneof(
  { arbitrary: fc.stringMatching(/^[a-z][a-zA-Z0-9./ -]{0,12}$/), weight: 6 },
  fc.constantFrom('80', 'true', '*', '1.4.2', '{\n  "a": 1\n}\n', 'it is: so', '200m', '"quoted"'),
  fc.integer(),
  fc.boolean(),
);
const json = (scalar: fc.Arbitrary<unknown>, key: fc.Arbitrary<string>) =>
  fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: scalar, weight: 4 },
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
    ),
  })).value;
const numbers = fc.constantFrom(null, undefined, 0, -0, 1e21, 0.1, 1e-7, -12.5, 2 ** 53);
/** Mostly what manifests hold, and now and then anything. */
const body = fc.oneof(
  { arbitrary: json(plain, fc.stringMatching(/^[a-z][a-zA-Z0-9./-]{0,8}$/)), weight: 2 },
  json(fc.oneof(text, numbers, fc.double(), fc.boolean()), text),
);

/** Among them what looks like an index, which JavaScript puts first. */
const id = fc.constantFrom('a', 'b', 'web', 'Web', 'shop', '0', '1', '10', '01', 'x-y');
const form = fc.constantFrom('plain', 'lazy', 'patched', 'annotated');
const tree = fc.letrec<{ construct: RandomConstruct; chart: RandomConstruct }>((tie) => {
  const some = (arbitrary: fc.Arbitrary<RandomConstruct>, maxLength: number) =>
    fc.uniqueArray(arbitrary, { maxLength, selector: (one) => one.id, depthIdentifier: 'tree' });
  const made = (kind: RandomConstruct['kind'], children: fc.Arbitrary<RandomConstruct[]>) =>
    fc.record({ kind: fc.constant(kind), id, children, body, form }) as fc.Arbitrary<RandomConstruct>;
  const object = made('object', fc.constant([]));
  return {
    construct: fc.oneof(
      { depthSize: 'small', depthIdentifier: 'tree' },
      { arbitrary: object, weight: 5 },
      { arbitrary: made('construct', some(tie('construct'), 3)), weight: 3 },
      { arbitrary: made('object', some(tie('construct'), 1)), weight: 1 },
      { arbitrary: made('chart', some(tie('construct'), 3)), weight: 1 },
    ),
    chart: fc.oneof(
      { arbitrary: made('chart', some(tie('construct'), 4)), weight: 5 },
      { arbitrary: made('construct', some(made('chart', some(tie('construct'), 3)), 2)), weight: 1 },
    ),
  };
});

/** Any app that cdk8s can make, and some that it refuses. */
export const randomApp: fc.Arbitrary<RandomApp> = fc.record({
  charts: fc.uniqueArray(tree.chart, { maxLength: 4, selector: (one) => one.id }),
  dependencies: fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 5 }),
  isWild: fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, fc.constant(true)),
  yamlOutputType: fc.constantFrom(0, 1, 2, 3),
  recordConstructMetadata: fc.boolean(),
});

/** Builds it; of a kind that no rule knows, so that nothing is refused. */
export function build<A extends App>(make: (props: AppProps) => A, random: RandomApp, outdir?: string): A {
  const { yamlOutputType, recordConstructMetadata } = random;
  const app = make({ outdir, yamlOutputType, recordConstructMetadata });
  const made: IConstruct[] = [];
  for (const chart of random.charts) add(app, chart, made);
  if (made.length === 0) return app;
  for (const pair of random.dependencies) {
    const [from = 0, to = 0] = pair.map((number) => number % made.length);
    const [source, target] = random.isWild ? [from, to] : [Math.max(from, to), Math.min(from, to)];
    if (source !== target) (made[source] as IConstruct).node.addDependency(made[target] as IConstruct);
  }
  return app;
}

function add(
  scope: Construct,
  { kind, id: own, children, body: data, form: how }: RandomConstruct,
  made: IConstruct[],
): void {
  const construct =
    kind === 'construct'
      ? new Construct(scope, own)
      : kind === 'chart'
        ? chartOf(scope, own)
        : objectOf(scope, own, data, how, made);
  made.push(construct);
  for (const child of children) add(construct, child, made);
}

const chartOf = (scope: Construct, own: string) =>
  new Chart(scope, own, { namespace: own.toLowerCase(), labels: { part: own } });

function objectOf(
  scope: Construct,
  own: string,
  data: unknown,
  how: RandomConstruct['form'],
  made: readonly IConstruct[],
): ApiObject {
  const value = how === 'lazy' ? Lazy.any({ produce: () => data }) : data;
  const metadata = { name: `${own.toLowerCase()}-${made.length}` };
  const object = new ApiObject(scope, own, { apiVersion: 'example/v1', kind: 'Thing', metadata, data: value } as any);
  if (how === 'patched')
    object.addJsonPatch(
      JsonPatch.add('/patched', data ?? 'nothing'),
      JsonPatch.remove('/kind'),
      JsonPatch.add('/kind', 'Thing'),
    );
  if (how === 'annotated') object.metadata.addAnnotation('note', typeof data === 'string' ? data : 'on');
  return object;
}

/** What an app writes, by file and as one text; or the error. */
export function outcome(make: (props: AppProps) => App, random: RandomApp): Record<string, string> {
  try {
    const files = inFolder((outdir) => build(make, random, outdir).synth());
    return { ...files, '': build(make, random).synthYaml() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Our outcome, with an error in the words of cdk8s where it is the same: of several circles either may name another one. */
export function comparable(ours: Record<string, string>, theirs: Record<string, string>): Record<string, string> {
  if (ours.error === undefined || theirs.error === undefined) return ours;
  const [first = ''] = theirs.error.split('\n');
  const isSame = ours.error.includes(first) || (isCycle(ours.error) && isCycle(theirs.error));
  return isSame ? theirs : ours;
}

function isCycle(error: string): boolean {
  return error.startsWith('Dependency cycle detected: ');
}

/** The files that something writes into a folder of its own. */
export function inFolder(write: (outdir: string) => void): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-patterns-'));
  try {
    write(outdir);
    return filesIn(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** All files below a folder, by their path in it. */
export function filesIn(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    if (statSync(path).isFile()) files[name] = readFileSync(path, 'utf8');
  }
  return files;
}
