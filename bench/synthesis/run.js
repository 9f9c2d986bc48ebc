// One contender in a process of its own: node bench/synthesis/run.js <contender> <services> <folder>
// Prints the milliseconds from the first construct to the last byte written, without the start of node.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');
const services = require('./services');

const contenders = {
  'cdk8s, one chart': app(plainApp, services.apiObjects, oneChart),
  'cdk8s, chart per service': app(plainApp, services.apiObjects, chartPerService),
  'cdk8s-plus-27, one chart': app(plainApp, services.plus, oneChart),
  'our constructs in cdk8s, one chart': app(plainApp, services.constructs, oneChart),
  'ProductionApp, one chart': app(productionApp, services.constructs, oneChart),
  'ProductionApp, chart per service': app(productionApp, services.constructs, chartPerService),
  'ProductionApp, ApiObjects, one chart': app(productionApp, services.apiObjects, oneChart),
  'ProductionApp, chain': app(productionApp, services.constructs, chain),
  'js-yaml': written((manifests) => {
    const { dump } = require('js-yaml');
    return manifests.map((manifest) => dump(manifest, { lineWidth: -1, noRefs: true })).join('---\n');
  }),
  'JSON.stringify': written((manifests) => manifests.map((manifest) => JSON.stringify(manifest)).join('\n')),
  rules: judged,
  stages,
};

function plainApp(outdir) {
  const { App } = require('cdk8s');
  return new App({ outdir });
}

function productionApp(outdir) {
  const { ProductionApp } = services.library();
  return new ProductionApp({ outdir });
}

function app(make, describe, layout) {
  return (count, outdir) => {
    make(outdir);
    const loaded = require('cdk8s');
    describe(new loaded.Chart(make(outdir), 'warm', { namespace: services.NAMESPACE }), 0);
    return () => {
      const one = make(outdir);
      layout(one, describe, count);
      one.synth();
    };
  };
}

function oneChart(app, describe, count) {
  const { Chart } = require('cdk8s');
  const chart = new Chart(app, 'shop', { namespace: services.NAMESPACE });
  for (let index = 0; index < count; index += 1) describe(chart, index);
}

function chartPerService(app, describe, count) {
  const { Chart } = require('cdk8s');
  for (let index = 0; index < count; index += 1) {
    describe(new Chart(app, services.nameOf(index), { namespace: services.NAMESPACE }), index);
  }
}

/** Each service after the one before. */
function chain(app, describe, count) {
  const { Chart } = require('cdk8s');
  const chart = new Chart(app, 'shop', { namespace: services.NAMESPACE });
  let before;
  for (let index = 0; index < count; index += 1) {
    const service = describe(chart, index);
    if (before !== undefined) service.node.addDependency(before);
    before = service;
  }
}

function written(text) {
  return (count, outdir) => {
    text([]);
    return () => {
      const manifests = [];
      for (let index = 0; index < count; index += 1) manifests.push(...services.plain(index));
      writeFileSync(join(outdir, 'shop.k8s.yaml'), text(manifests));
    };
  };
}

/** Facts and rules alone, over what was rendered before. */
function judged(count) {
  const { App, Chart } = require('cdk8s');
  const { World } = require('../../build/facts');
  const { judge } = require('../../build/validation/judge');
  const chart = new Chart(new App(), 'shop', { namespace: services.NAMESPACE });
  for (let index = 0; index < count; index += 1) services.constructs(chart, index);
  const { target } = { target: services.library().TargetCluster.of() };
  const rendered = chart.node
    .findAll()
    .filter((each) => 'toJson' in each && each !== chart)
    .map((origin) => ({ manifest: origin.toJson(), target, origin }));
  return () => {
    const findings = judge(new World(rendered), {});
    if (findings.length > 0) throw new Error(`the services have findings: ${JSON.stringify(findings[0].finding)}`);
  };
}

/** Where the time of ProductionApp goes; from the files of the library, since nothing can be put around parts of one file. */
function stages(count, outdir) {
  const library = require('../../build');
  const times = { 'constructs, all': 0 };
  const around = (owner, method, stage) => {
    const inner = owner[method];
    times[stage] = 0;
    owner[method] = function (...args) {
      const begin = performance.now();
      try {
        return inner.apply(this, args);
      } finally {
        times[stage] += performance.now() - begin;
      }
    };
  };
  around(require('../../build/facts/roles'), 'factsOf', 'facts: objects');
  around(require('../../build/validation/judge'), 'judge', 'rules');
  around(
    require('../../build/validation/app-validation').AppValidation.prototype,
    '_validate',
    'facts, rules, rendering',
  );
  around(require('../../build/synthesis/output-files').OutputFiles.prototype, 'writeTo', 'files');
  around(require('../../build/synthesis/yaml-writer').YamlWriter.prototype, 'document', 'files: YAML');
  const { emit } = require('../../build/manifests');
  const { Chart, Testing } = require('cdk8s');
  const emitted = emit(
    new Chart(Testing.app(), 'a'),
    'a',
    { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a' } },
    {},
  );
  around(Object.getPrototypeOf(emitted), 'toJson', 'rendering');
  return () => {
    const app = new library.ProductionApp({ outdir });
    const begin = performance.now();
    oneChart(app, (scope, index) => services.constructs(scope, index, library), count);
    times['constructs, all'] = performance.now() - begin;
    app.synth();
    return times;
  };
}

const [, , name, count, outdir] = process.argv;
const run = contenders[name]?.(Number(count), outdir);
if (run === undefined) throw new Error(`no contender \`${name}\`; there are: ${Object.keys(contenders).join('; ')}`);
const begin = performance.now();
const result = run();
const milliseconds = performance.now() - begin;
console.log(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024, stages: result }));
