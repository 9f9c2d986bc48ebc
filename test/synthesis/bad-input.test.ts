import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, type AppProps, Chart, JsonPatch, Lazy, Names, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import * as p from '../../lib';
import { chartIn, thrown, web } from '../support/apps';
import { filesIn } from '../support/random-apps';

const MAKERS = [(props: AppProps) => new App(props), (props: AppProps) => new p.ProductionApp(props)] as const;
let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'cdk8s-patterns-'));
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

/** An object of a kind that no rule knows. */
function thing(scope: Construct, id: string, data: unknown = 'on'): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'example/v1', kind: 'Thing', metadata: { name: id }, data } as any);
}

/** What cdk8s throws, and what we throw, for the same app. */
function errors(describeApp: (chart: Chart, app: App) => void, props: AppProps = {}): string[] {
  return MAKERS.map((make) =>
    thrown(() => {
      const app = make({ outdir, ...props });
      describeApp(new Chart(app, 'shop'), app);
      app.synth();
    }),
  );
}

test('a circle of dependencies is told with its path, in the words of cdk8s', () => {
  const [theirs, ours] = errors((chart) => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => thing(chart, id)) as [ApiObject, ApiObject, ApiObject];
    a.addDependency(c);
    b.addDependency(a);
    c.addDependency(b);
  });
  expect(ours).toBe('Dependency cycle detected: shop/b => shop/a => shop/c => shop/b');
  expect(ours).toBe(theirs);
});

test('what depends on itself is a circle too, where cdk8s forgets it', () => {
  const texts = MAKERS.map((make) => () => {
    const app = make({});
    const object = thing(new Chart(app, 'shop'), 'a');
    object.addDependency(object);
    return app.synthYaml();
  });
  const [theirs, ours] = texts as [() => string, () => string];
  expect(theirs()).toBe('');
  expect(thrown(ours)).toBe('Dependency cycle detected: shop/a => shop/a');
});

test('a dependency of what is in no chart is refused as by cdk8s', () => {
  const [theirs, ours] = errors((chart, app) => new Construct(app, 'outside').node.addDependency(chart));
  expect(ours).toBe('cannot find a parent chart (directly or indirectly)');
  expect(ours).toBe(theirs);
});

test('what depends on a chart of another app is written as by cdk8s', () => {
  const [theirs, ours] = MAKERS.map((make) => {
    const app = make({ outdir });
    const chart = new Chart(app, 'shop');
    thing(chart, 'a').addDependency(new Chart(make({}), 'elsewhere'));
    app.synth();
    const files = filesIn(outdir);
    rmSync(outdir, { recursive: true });
    return files;
  });
  expect(Object.keys(ours as object)).toEqual(['0000-shop.k8s.yaml']);
  expect(ours).toEqual(theirs);
});

test('an object that throws while it is rendered is named with its path and the cause', () => {
  const produce = () => {
    throw new Error('the moon is full');
  };
  const [theirs, ours] = errors((chart) => thing(chart, 'a', Lazy.any({ produce })));
  expect(theirs).toBe("Failed serializing construct at path 'shop/a' with name 'a': Error: the moon is full");
  expect(ours).toContain(`[shop/a] Thing a: findings/object-not-rendered: manifest: ${theirs}; mend`);
});

test('a value that contains itself is told so, where cdk8s only says that the stack is full', () => {
  const circle: Record<string, unknown> = {};
  circle.itself = circle;
  const [theirs, ours] = errors((chart) => thing(chart, 'a', circle));
  expect(theirs).toContain('RangeError: Maximum call stack size exceeded');
  expect(ours).toContain(
    '[shop/a] Thing a: findings/object-not-rendered: manifest: a value contains itself, or is nested too deeply to be written; pass a copy without the circle',
  );
});

test.each([
  ['a function', () => 1],
  ['a symbol', Symbol('s')],
  ['a Map', new Map()],
])('%s as a value is refused in the words of cdk8s', (_, value) => {
  const [theirs = '', ours] = errors((chart) => thing(chart, 'a', { value }));
  expect(ours).toContain(theirs.split('\n')[0]);
});

test.each([
  ['not a number', Number.NaN],
  ['nothing', null],
  ['undefined', undefined],
  ['infinity', Number.POSITIVE_INFINITY],
  ['minus zero', -0],
])('%s in a patch is written as by cdk8s', (_, value) => {
  const [theirs, ours] = MAKERS.map((make) => {
    const app = make({});
    thing(new Chart(app, 'shop'), 'a').addJsonPatch(JsonPatch.add('/value', { value }));
    return app.synthYaml();
  });
  expect(ours).toBe(theirs);
});

test('a patch that is no JSON is refused with the path', () => {
  const circle: Record<string, unknown> = {};
  circle.itself = circle;
  const [theirs = '', ours] = errors((chart) => thing(chart, 'a').addJsonPatch(JsonPatch.add('/value', circle)));
  expect(theirs).toContain("at path 'shop/a' with name 'a': TypeError: Converting circular structure to JSON");
  expect(ours).toContain(theirs.split('\n')[0]);
});

describe('the output folder', () => {
  test('is a file: the same error as that of cdk8s', () => {
    const file = join(outdir, 'file');
    writeFileSync(file, '');
    const [theirs, ours] = errors((chart) => thing(chart, 'a'), { outdir: file });
    expect(ours).toContain('EEXIST');
    expect(ours).toBe(theirs);
  });

  test('holds a folder where a file should be: the same error as that of cdk8s', () => {
    mkdirSync(join(outdir, 'shop.k8s.yaml'));
    const [theirs, ours] = errors((chart) => thing(chart, 'a'));
    expect(ours).toContain(`EISDIR: illegal operation on a directory, open '${join(outdir, 'shop.k8s.yaml')}'`);
    expect(ours).toBe(theirs);
  });

  test('vanishes while the app is rendered: the error names the file, as that of cdk8s does', () => {
    const produce = () => rmSync(outdir, { recursive: true, force: true });
    const [theirs, ours] = errors((chart) => thing(chart, 'a', Lazy.any({ produce })));
    expect(ours).toContain(`ENOENT: no such file or directory, open '${join(outdir, 'shop.k8s.yaml')}'`);
    expect(ours).toBe(theirs);
  });

  test('holds after a failure what it held before, and nothing else', () => {
    const before = { 'one.k8s.yaml': 'old\n', 'two.k8s.yaml': 'old\n' };
    for (const [name, text] of Object.entries(before)) writeFileSync(join(outdir, name), text);
    const app = new p.ProductionApp({ outdir });
    thing(new Chart(app, 'one'), 'a');
    // fails when it is written, after the first file
    thing(new Chart(app, 'two'), 'b', { value: Symbol('s') });
    expect(thrown(() => app.synth())).toContain('Symbol');
    expect(filesIn(outdir)).toEqual(before);
  });

  test('gets no file when a rule refuses the app', () => {
    const { app, chart } = chartIn({ outdir });
    web(chart, 'web', 10);
    expect(thrown(() => app.synth())).toContain('app/grace-too-short');
    expect(readdirSync(outdir)).toEqual([]);
  });

  test('may hold a link to a file, which is then written where it lies', () => {
    const target = join(outdir, 'target');
    writeFileSync(target, 'old\n');
    symlinkSync(target, join(outdir, 'shop.k8s.yaml'));
    const { app, chart } = chartIn({ outdir });
    thing(chart, 'a');
    app.synth();
    expect(readFileSync(target, 'utf8')).toContain('kind: Thing');
    expect(readdirSync(outdir).sort()).toEqual(['shop.k8s.yaml', 'target']);
  });
});

describe('two files of one name', () => {
  test('of two charts: none is lost without a word', () => {
    const app = new p.ProductionApp({ outdir });
    const chart = new Chart(new Construct(app, 'team'), 'shop');
    const name = Names.toDnsLabel(chart);
    thing(chart, 'a');
    thing(new Chart(app, name), 'b');
    const file = join(outdir, `${name}.k8s.yaml`);
    expect(thrown(() => app.synth())).toBe(
      `[${name}] synth: its file \`${file}\` is that of \`team/shop\` too, and would replace it; give one of the charts another id`,
    );
    expect(readdirSync(outdir)).toEqual([]);
  });

  test('of two objects: the error says which, and what to use', () => {
    const app = new p.ProductionApp({ outdir, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    for (const namespace of ['one', 'two']) thing(new Chart(app, namespace, { namespace }), 'web');
    const file = join(outdir, 'Thing.web.k8s.yaml');
    expect(thrown(() => app.synth())).toBe(
      `[two] synth: its file \`${file}\` is that of \`one\` too, and would replace it; use YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, or give one of the objects another name`,
    );
    expect(readdirSync(outdir)).toEqual([]);
  });
});

describe('what is large', () => {
  test('130 000 objects in one chart, where cdk8s runs out of stack', () => {
    const app = new p.ProductionApp({ outdir });
    const chart = new Chart(app, 'shop');
    for (let index = 0; index < 130_000; index += 1) thing(chart, `a${index}`);
    app.synth();
    const lines = readFileSync(join(outdir, 'shop.k8s.yaml'), 'utf8').split('\n');
    expect(lines.filter((line) => line === 'kind: Thing').length).toBe(130_000);
  });

  test('constructs in constructs, 4 000 deep', () => {
    const { app, chart } = chartIn();
    let scope: Construct = chart;
    for (let depth = 0; depth < 4_000; depth += 1) scope = new Construct(scope, 'x');
    thing(scope, 'deep');
    expect(app.synthYaml()).toContain('name: deep');
  });

  test('a chain of 1 000 constructs, each after the one before, in the order of the chain', () => {
    const { app, chart } = chartIn();
    const links = Array.from({ length: 1_000 }, (_, index) => new Construct(chart, `c${index}`));
    for (const [index, link] of links.entries()) {
      for (const part of ['a', 'b', 'c', 'd']) thing(link, `${part}${index}`);
      if (index > 0) (links[index - 1] as Construct).node.addDependency(link);
    }
    const names = [...app.synthYaml().matchAll(/name: a(\d+)/g)].map(([, number]) => Number(number));
    expect(names).toEqual(links.map((_, index) => index).reverse());
  });

  test('a chain of 300 charts, the files of which are numbered from its end', () => {
    const app = new p.ProductionApp({ outdir });
    const charts = Array.from({ length: 300 }, (_, index) => new Chart(app, `c${index}`));
    for (const [index, chart] of charts.entries()) {
      thing(chart, `t${index}`);
      if (index > 0) (charts[index - 1] as Chart).addDependency(chart);
    }
    app.synth();
    const files = readdirSync(outdir).sort();
    expect(files[0]).toBe('0000-c299.k8s.yaml');
    expect(files[299]).toBe('0299-c0.k8s.yaml');
  });
});
