import { App } from 'cdk8s';
import * as fc from 'fast-check';
import { ProductionApp } from '../../lib';
import { comparable, outcome, randomApp } from '../support/random-apps';

// here our package finds the newest cdk8s; all others: npm run test:cdk8s
jest.mock('cdk8s', () => jest.requireActual('cdk8s-newest'));

test('it is another cdk8s than the oldest that we allow', () => {
  const [newest = 0, oldest = 0] = ['cdk8s-newest', 'cdk8s'].map((name) =>
    Number(require(`${name}/package.json`).version.split('.')[1]),
  );
  expect(newest).toBeGreaterThan(oldest);
  expect(Object.getPrototypeOf(ProductionApp)).toBe(require('cdk8s-newest').App);
});

test('generated apps: the same files and texts, or an error where cdk8s has one', () => {
  fc.assert(
    fc.property(randomApp, (random) => {
      const theirs = outcome((props) => new App(props), random);
      const ours = outcome((props) => new ProductionApp(props), random);
      expect(comparable(ours, theirs)).toEqual(theirs);
    }),
    { numRuns: Number(process.env.FUZZ ?? 100) },
  );
});
