// Mutation testing: what a test suite does not notice, it does not test. One folder at a time, judged by the tests that mirror it:
//   FOLDER=lib/rules/app npm run test:mutation
// A mutant outside of functions makes every test run again. So that this costs seconds, the tests are run as one file, which loads the library once.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.FOLDER;
if (folder === undefined || !existsSync(folder)) {
  throw new Error('FOLDER names what to mutate: FOLDER=lib/facts, lib/values, lib/rules/app, lib/app/intent.ts, ...');
}

const mirror = folder.replace(/^lib/, 'test').replace(/(\/[^/]*)?\.ts$/, '');
const tests = readdirSync(mirror, { recursive: true }).filter((name) => /(?<!property)\.test\.ts$/.test(name));
const paths = tests.map((name) => join(mirror, name));
// What a rule says of itself is checked for all rules at once.
if (mirror.startsWith('test/rules/')) paths.push('test/rules/registry.test.ts');
const all = 'test/mutated.ts';
writeFileSync(all, paths.map((path) => `import './${path.replace(/^test\/|\.ts$/g, '')}';\n`).join(''));

export default {
  testRunner: 'jest',
  jest: {
    configFile: 'jest.config.json',
    config: { collectCoverage: false, testMatch: [`<rootDir>/${all}`] },
    enableFindRelatedTests: false,
  },
  mutate: [folder.endsWith('.ts') ? folder : `${folder}/**/*.ts`],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A process that runs jest again and again grows and gets slower with each run.
  maxTestRunnerReuse: 40,
  incremental: true,
  incrementalFile: `reports/mutation/${folder}.incremental.json`,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { logTests: false, reportTests: false },
  jsonReporter: { fileName: `reports/mutation/${folder}.json` },
  thresholds: { high: 95, low: 90, break: 90 },
};
