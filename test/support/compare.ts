import { deepStrictEqual } from 'node:assert';
import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import { HealthCheck, ProductionApp, Resources, WebApp } from 'cdk8s-patterns';
import * as fc from 'fast-check';
import { comparable, inFolder, ODD_TEXTS, outcome, randomApp } from './random-apps';

// Run by scripts/cdk8s-versions.ts in a folder with some version of cdk8s, whose number is in $CDK8S.
const { version } = JSON.parse(require('node:fs').readFileSync('node_modules/cdk8s/package.json', 'utf8'));
deepStrictEqual(version, process.env.CDK8S);
const RUNS = Number(process.env.FUZZ ?? 300);

fc.assert(
  fc.property(randomApp, (random) => {
    const theirs = outcome((props) => new App(props), random);
    const ours = outcome((props) => new ProductionApp(props), random);
    deepStrictEqual(comparable(ours, theirs), theirs);
  }),
  { numRuns: RUNS },
);

for (const text of ODD_TEXTS) {
  const [theirs, ours] = [new App(), new ProductionApp()].map((app) => {
    const data = { a: text, [text]: 1, list: [text, { [text]: text }] };
    new ApiObject(new Chart(app, 'a'), 'a', {
      apiVersion: 'example/v1',
      kind: 'Thing',
      metadata: { name: 'a' },
      data,
    } as any);
    return app.synthYaml();
  });
  deepStrictEqual(ours, theirs);
}
deepStrictEqual(Yaml.stringify({ a: 1 }), 'a: 1\n');

// our own constructs, which render by themselves, and metadata as cdk8s keeps it
const [theirs, ours] = [App, ProductionApp].map((Base) =>
  inFolder((outdir) => {
    const app = new Base({ outdir });
    const web = new WebApp(new Chart(app, 'shop', { namespace: 'shop', labels: { team: 'a' } }), 'web', {
      image: 'registry.example.com/web:1.0.0',
      port: 8080,
      resources: Resources.request({ cpuMillis: 100, memory: require('cdk8s').Size.mebibytes(64) }),
      health: HealthCheck.http('/ready', { alivePath: '/live' }),
    });
    const { metadata } = ApiObject.of(web);
    metadata.addLabel('later', 'on');
    metadata.add('generateName', 'web-');
    metadata.addFinalizers('example.com/wait');
    const both = [
      JSON.stringify(ApiObject.of(web).metadata.toJson()),
      JSON.stringify((ApiObject.of(web).toJson() as any).metadata),
    ];
    deepStrictEqual(both[1], both[0]);
    app.synth();
  }),
);
deepStrictEqual(ours, theirs);
