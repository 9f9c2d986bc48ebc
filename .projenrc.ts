import { cdk, cdk8s, javascript } from 'projen';
import { restrictions } from './projenrc/layers';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-patterns',
  description: 'Production Kubernetes lessons as cdk8s constructs',
  keywords: ['kubernetes', 'canary', 'sidecar', 'pod-disruption-budget', 'network-policy'],
  author: 'The cdk8s-patterns authors',
  authorAddress: 'https://example.org/cdk8s-patterns',
  authorOrganization: true,
  repositoryUrl: 'https://example.org/cdk8s-patterns.git',
  license: 'Apache-2.0',
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  jsiiVersion: '~5.9.0',
  typescriptVersion: '~5.9.0',
  cdk8sVersion: '2.68.12',
  constructsVersion: '10.3.0',
  minNodeVersion: '20.16.0',
  peerDeps: ['cdk8s-plus-27@^2.9.5'],
  // only the command line and reports read YAML: the quick parser for all of it, the lenient one for what that refuses
  bundledDeps: ['js-yaml@^5', 'yaml@^2'],
  devDeps: [
    'cdk8s-newest@npm:cdk8s@^2.70.106',
    'esbuild@^0.28',
    '@jest/reporters@^30',
    'fast-check@^4',
    'tsx@^4',
    '@stryker-mutator/core@^9',
    '@stryker-mutator/jest-runner@^9',
    'cdk8s-plus-34@^2',
    // what reports must be: JSON of a schema, and XML
    'jsonschema@^1',
    '@xmldom/xmldom@^0.9',
  ],

  // sources in lib/, compiled into build/, packages in dist/<language>/
  srcdir: 'lib',
  libdir: 'build',
  entrypoint: 'build/index.js',
  bin: { 'cdk8s-patterns': 'build/bin/cdk8s-patterns.js' },
  autoDetectBin: false,
  sampleCode: false,
  typecheckTests: true,
  integrationTestAutoDiscover: false,
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  validateTsconfig: cdk.ValidateTsconfig.MINIMAL,

  // nothing bound to one forge
  github: false,
  release: false,
  depsUpgrade: false,

  jestOptions: {
    jestVersion: '^30',
    coverageText: true,
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    junitReporting: false,
    configFilePath: 'jest.config.json',
    jestConfig: {
      coverageProvider: 'babel',
      coverageReporters: ['text', 'lcov'],
      modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/', '<rootDir>/build/'],
      testPathIgnorePatterns: ['/node_modules/', '/test/cluster/'],
      moduleNameMapper: { '^cdk8s-patterns$': '<rootDir>/lib/index.ts' },
      // all cores: jest leaves one to itself, which is half of a machine with two
      maxWorkers: '100%',
    },
  },

  eslint: false,
  biome: true,
  biomeOptions: {
    version: '~2.5.15',
    biomeConfig: {
      files: { includes: ['bench/**', 'bin/**', 'examples/**', '!bench/*.json'] },
      formatter: { indentStyle: javascript.biome_config.IndentStyle.SPACE, lineWidth: 120 },
      javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
    },
    mergeArraysInConfiguration: true,
  },

  publishToPypi: { distName: 'cdk8s-patterns', module: 'cdk8s_patterns' },
  publishToMaven: {
    javaPackage: 'org.cdk8spatterns',
    mavenGroupId: 'org.cdk8spatterns',
    mavenArtifactId: 'cdk8s-patterns',
  },
  publishToGo: { moduleName: 'example.org/cdk8s-patterns-go' },
});

// Node 20 takes a microsecond for each field that a class declares without a value (ADR 19); nothing here relies on that
project.tsconfig?.file.addOverride('compilerOptions.useDefineForClassFields', false);

// newer releases of this dependency of jest miss some platforms on mirrors, which breaks `npm ci`
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.package.addField('exports', {
  '.': { types: './build/index.d.ts', default: './build/bundled.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
const unpublished = [
  '/bin/',
  '/bench/',
  '/examples/**/node_modules/',
  '/examples/**/dist/',
  '/projenrc/',
  '/scripts/',
  '/biome.jsonc',
  '/stryker.config.mjs',
  '/.ci/',
];
for (const path of [...unpublished, '/.jsii.tabl.json']) {
  project.npmignore?.exclude(path);
}
// README.md leads to examples and to the pages beside the sources
project.npmignore?.removePatterns('/lib/');
project.npmignore?.exclude('/lib/**/*.ts');
project.gitignore.exclude('.jsii.tabl.json', '.stryker-tmp/', '/test/mutated.ts', '/reports/', '/examples/*/dist/');

// imports run one way; a cycle (an import of lib/index.ts from inside is one) is an error too
const biome = project.tryFindObjectFile('biome.jsonc');
biome?.addOverride('linter.rules.suspicious', { noExplicitAny: 'off', noImportCycles: 'error' });
biome?.addOverride(
  'overrides',
  restrictions().map(({ layer, forbidden, message }) => ({
    includes: [`lib/${layer}/**`],
    linter: {
      rules: {
        style: {
          noRestrictedImports: {
            level: 'error',
            options: {
              patterns: [{ group: forbidden.flatMap((other) => [`../**/${other}`, `../**/${other}/**`]), message }],
            },
          },
        },
      },
    },
  })),
);

// examples import the package by its public name and resolve it to lib/
const examples = new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  include: ['**/*.ts'],
  compilerOptions: { noEmit: true, rootDir: '..', paths: { 'cdk8s-patterns': ['../lib/index.ts'] } },
});
const compileExamples = project.addTask('examples:compile', {
  description: 'Type-check the examples',
  steps: [{ execArgs: ['tsc', '-p', examples.fileName] }],
});
project.testTask.spawn(compileExamples);
// what starts often is one file, since node takes 0.2 ms for each; the command line holds its own copy of the rules
const commandLine = new javascript.TypescriptConfig(project, {
  fileName: 'bin/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  include: ['**/*.ts'],
  compilerOptions: { noEmit: true, rootDir: '..' },
});
const bundle = project.addTask('bundle', { description: 'Make one file of the library, and one of the command line' });
bundle.execArgs(['tsc', '-p', commandLine.fileName]);
bundle.exec(
  'esbuild bin/cdk8s-patterns.ts --bundle --platform=node --target=node20 --packages=external --outfile=build/bin/cdk8s-patterns.js',
);
bundle.exec(
  'esbuild build/index.js --bundle --platform=node --target=node20 --packages=external --outfile=build/bundled.js',
);
project.postCompileTask.spawn(bundle);
const docs = project.addTask('docs', {
  description: 'Generate docs/rules.md, docs/kubernetes-versions.md and docs/canary-engines.md',
  exec: 'tsx scripts/generate-docs.ts',
});
project.postCompileTask.spawn(docs);
// the lint over the API reads .jsii, which is made by compiling
project.testTask.prependSpawn(project.compileTask);
project.addTask('example', {
  description: 'Synthesize and check one example: npm run example online-boutique',
  exec: 'tsx --tsconfig examples/tsconfig.json scripts/run-example.ts',
  receiveArgs: true,
});
project.addTask('test:package', {
  description: 'Install the tarball in an empty folder and run the README program',
  exec: 'scripts/pack-smoke.sh',
});
project.addTask('test:mutation', {
  description: 'Mutation testing, a folder at a time: FOLDER=lib/facts npm run test:mutation',
  exec: 'stryker run',
  receiveArgs: true,
});
project.addTask('test:fuzz', {
  description: 'Check 10 000 broken inputs; a failure names its seed',
  env: { FUZZ: '10000' },
  exec: 'jest test/bin/fuzz --coverage=false',
});
project.addTask('test:cdk8s', {
  description:
    'Compare ProductionApp with the App of every cdk8s that the registry serves; one: npm run test:cdk8s -- 2.70.0',
  steps: [{ spawn: 'bundle' }, { exec: 'tsx scripts/cdk8s-versions.ts', receiveArgs: true }],
});
project.addTask('bench', {
  description:
    'Time synthesis beside cdk8s, cdk8s-plus, writers and helm, and render docs/performance.md; rounds: npm run bench -- 9',
  steps: [
    { spawn: 'compile' },
    { spawn: 'bundle' },
    { exec: 'node bench/synthesis.js', receiveArgs: true },
    { exec: 'tsx scripts/generate-performance.ts' },
  ],
});
project.addTask('bench:check', {
  description: 'Time `check` beside kube-linter and kube-score, and render docs/performance.md',
  steps: [
    { spawn: 'bundle' },
    { exec: 'node bench/check.js', receiveArgs: true },
    { exec: 'tsx scripts/generate-performance.ts' },
  ],
});
// tsx, since jest does not compile its reporters
project.addTask('test:cluster', {
  description: 'Try everything on the cluster of $KUBECONFIG; one file: npm run test:cluster -- drain',
  exec: 'tsx node_modules/jest/bin/jest.js --config test/cluster/jest.config.json',
  receiveArgs: true,
});
project.addTask('test:cluster:mutations', {
  description: 'Take a delay, a budget, a probe, ... from what is emitted: a drill must notice',
  exec: 'tsx scripts/cluster-mutations.ts',
  receiveArgs: true,
});
project.addTask('docs:proof', {
  description: 'Render docs/proof.md from the results of the cluster tests',
  exec: 'tsx scripts/generate-proof.ts',
});
project.addTask('examples:update', {
  description: 'Write expected.yaml of every example anew; review the difference like code',
  exec: 'tsx scripts/update-examples.ts',
});

// README and doc-comment examples must compile; the tablet makes the other languages' docs translated
const snippets = project.addTask('snippets', {
  description: 'Compile and translate the examples in README.md and in doc comments',
  exec: 'jsii-rosetta extract --compile --fail --cache-to .jsii.tabl.json',
});
project.postCompileTask.spawn(snippets);

// neither the Go module proxy nor Maven Central serves every dependency: make those bindings from the npm packages.
// pacmak finds them under node_modules/<package>/dist/<language>
const bindings = project.addTask('bindings', {
  description: 'Generate the Go and Java bindings of our peers, needed by package:go and package:java',
  env: { MAVEN_OPTS: '-Dmaven.javadoc.skip=true' },
});
bindings.exec(
  'jsii-pacmak node_modules/constructs node_modules/cdk8s node_modules/cdk8s-plus-27 --code-only --target go',
);
bindings.exec('jsii-pacmak node_modules/cdk8s-plus-27 --target java');

project.synth();
