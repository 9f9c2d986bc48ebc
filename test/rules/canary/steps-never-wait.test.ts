import { stepsNeverWait as rule } from '../../../lib/rules/canary/steps-never-wait';
import { findingsOf, varied } from '../../support/rules';

const steps = (list: string) => varied(rule.bad, '[{ setWeight: 25 }, { setWeight: 50 }]', `[${list}]`);
const AT = 'Rollout web: canary/steps-never-wait: spec.strategy.canary.steps';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}: none of 2 steps waits, so that the new version has all requests as soon as its pods are ready; put pause: {} or an analysis between the weights`,
  ]);
});

test.each([
  'pause: {}',
  'pause: { duration: 1 }',
  'analysis: { templates: [] }',
  'experiment: {}',
  'plugin: { name: x }',
])('%s waits', (step) => {
  expect(findingsOf(rule, steps(`{ setWeight: 25 }, { ${step} }`))).toEqual([]);
});

test('a step that is null is none', () => {
  expect(findingsOf(rule, steps('{ setWeight: 25 }, { pause: null }')).length).toBe(1);
});

test.each([
  ['50', '25', '25 after 50 is a step back; use more than 50, or remove the step'],
  ['25', '25', '25 after 25 changes nothing; use more than 25, or remove the step'],
])('a weight of %s and then of %s', (one, two, message) => {
  const found = findingsOf(rule, steps(`{ setWeight: ${one} }, { pause: {} }, { setWeight: ${two} }`));
  expect(found).toEqual([`${AT}[2].setWeight: ${message}`]);
});

test('hours of pauses are no release', () => {
  const paused = (duration: string) =>
    steps(`{ setWeight: 25 }, { pause: { duration: ${duration} } }, { pause: { duration: 60 } }`);
  expect(findingsOf(rule, paused('2h'))).toEqual([
    `${AT}: the pauses take 2 h, in which nothing else of this app can be released, and 2 h is already long; shorten the pauses, and let an analysis judge`,
  ]);
  expect(findingsOf(rule, paused('24h'))[0]).toContain('the pauses take 24 h');
  for (const short of ['119m', '7140', '"7140"', 'soon']) expect(findingsOf(rule, paused(short))).toEqual([]);
});

test('without steps there is no plan', () => {
  expect(findingsOf(rule, steps(''))).toEqual([]);
});
