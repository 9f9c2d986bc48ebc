// Mutation testing: what a test suite does not notice, it does not test. `npm run test:mutation`, about 45 CPU seconds per 100 mutants.
// Tests that run everything at once are left out: they would kill by accident, and slowly.
const SLOW = ['/node_modules/', 'test/(combinations|examples|docs|golden|laws|round-trip)', 'test/api/'];

export default {
  testRunner: 'jest',
  jest: { configFile: 'jest.config.json', config: { collectCoverage: false, testPathIgnorePatterns: SLOW } },
  mutate: ['lib/facts/**/*.ts', 'lib/rules/**/*.ts', 'lib/values/**/*.ts', 'lib/**/intent.ts'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: 'reports/stryker-incremental.json',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { logTests: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
};
