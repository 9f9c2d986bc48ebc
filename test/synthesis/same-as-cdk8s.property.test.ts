import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, type AppProps, Chart, Include, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import * as p from '../../lib';
import { AppValidation } from '../../lib/validation';
import { exampleFile, exampleNames } from '../support/examples';
import { build, comparable, inFolder, outcome, randomApp } from '../support/random-apps';

const RUNS = Number(process.env.FUZZ ?? 300);
const DATA = '../shared/data';
const TYPES = [0, 1, 2, 3].map((type) => [YamlOutputType[type], type] as const);

test('generated apps: the same files and texts, or an error where cdk8s has one', () => {
  let files = 0;
  fc.assert(
    fc.property(randomApp, (random) => {
      const theirs = outcome((props) => new App(props), random);
      const ours = outcome((props) => new p.ProductionApp(props), random);
      expect(comparable(ours, theirs)).toEqual(theirs);
      files += theirs.error === undefined ? Object.keys(theirs).length : 0;
    }),
    { numRuns: RUNS },
  );
  expect(files).toBeGreaterThan(RUNS);
});

test('the tree stays as it was, where cdk8s would note all that it concludes', () => {
  fc.assert(
    fc.property(randomApp, (random) => {
      const app = build((props) => new p.ProductionApp(props), random);
      const dependencies = () => app.node.findAll().map(({ node }) => node.dependencies.length);
      const before = dependencies();
      try {
        app.synthYaml();
      } catch {}
      expect(dependencies()).toEqual(before);
    }),
    { numRuns: 30 },
  );
});

describe.each(exampleNames())('example %s', (example) => {
  let app: App;
  beforeAll(() => {
    app = appOf(example);
  });

  test.each(TYPES)('as %s', (_, type) => {
    const ours = written(app, type, () => app.synth());
    expect(ours).toEqual(written(app, type, () => App.prototype.synth.call(app)));
    expect(Object.keys(ours).length).toBeGreaterThan(0);
  });
});

/** The app of an example before it is synthesized. */
function appOf(example: string): App {
  const apps: App[] = [];
  const synth = jest.spyOn(p.ProductionApp.prototype, 'synth').mockImplementation(function (this: App) {
    apps.push(this);
  });
  try {
    require(exampleFile(example, 'main.ts'));
  } finally {
    synth.mockRestore();
  }
  return apps[0] as App;
}

/** What an app writes with another output type than its own. */
function written(app: App, yamlOutputType: YamlOutputType, synth: () => void): Record<string, string> {
  return inFolder((outdir) => synth.call(Object.assign(app, { outdir, yamlOutputType })));
}

const paths = existsSync(DATA)
  ? readdirSync(DATA, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'))
  : [];
(paths.length > 0 ? describe.each(paths) : describe.skip.each(['no data']))('real file %s', (path) => {
  // they have findings, and those are not the question here
  beforeEach(() => jest.spyOn(AppValidation.prototype, '_validate').mockReturnValue());
  afterEach(() => jest.restoreAllMocks());

  test.each(TYPES)('through Include, as %s', (_, yamlOutputType) => {
    const files = (make: (props: AppProps) => App) =>
      inFolder((outdir) => {
        const app = make({ outdir, yamlOutputType });
        new Include(new Chart(app, 'included'), 'file', { url: join(DATA, path) });
        app.synth();
      });
    expect(files((props) => new p.ProductionApp(props))).toEqual(files((props) => new App(props)));
  });
});

test.each(TYPES)('objects of cdk8s-plus, as %s', (_, yamlOutputType) => {
  const files = (make: (props: AppProps) => App) =>
    inFolder((outdir) => {
      const app = make({ outdir, yamlOutputType });
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      const settings = new kplus.ConfigMap(chart, 'settings', {
        data: { 'a.json': '{\n  "on": "yes"\n}\n', port: '8080' },
      });
      const web = new kplus.Deployment(chart, 'web', { replicas: 3 });
      const container = web.addContainer({
        image: 'registry.example.com/web:1.0.0',
        portNumber: 8080,
        readiness: kplus.Probe.fromHttpGet('/ready'),
      });
      container.mount('/etc/app', kplus.Volume.fromConfigMap(chart, 'volume', settings));
      web.exposeViaService({ name: 'web' });
      app.synth();
    });
  jest.spyOn(AppValidation.prototype, '_validate').mockReturnValue();
  expect(files((props) => new p.ProductionApp(props))).toEqual(files((props) => new App(props)));
  jest.restoreAllMocks();
});
