import { stepRefused as rule } from '../../../lib/rules/canary/step-refused';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Rollout web: canary/step-refused: spec.strategy.canary.steps';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}[0].setWeight: 120 is outside of 0 to 100, so that Argo refuses the whole Rollout; use a weight from 0 to 100`,
  ]);
  expect(findingsOf(rule, steps('[{ setWeight: 20, pause: {} }]'))).toEqual([
    `${FIELD}[0]: has setWeight and pause, of which a step may have one, so that Argo refuses the whole Rollout; make a step of each`,
  ]);
  expect(findingsOf(rule, steps('[{ setWeight: 20 }, {}]'))).toEqual([
    `${FIELD}[1]: has no action, so that Argo refuses the whole Rollout; remove the step`,
  ]);
  expect(findingsOf(rule, steps('[{ pause: { duration: 1d } }]'))).toEqual([
    `${FIELD}[0].pause.duration: 1d is no time of 0 or more, so that Argo refuses the whole Rollout; use seconds, or a number with s, m or h, for example 10m`,
  ]);
});

function steps(text: string): string {
  return varied(rule.bad, '[{ setWeight: 120 }, { pause: {} }]', text);
}

test('every step is told by itself', () => {
  expect(findingsOf(rule, steps('[{ setWeight: -1 }, { pause: {} }, { setWeight: 101 }]'))).toEqual([
    expect.stringContaining('[0].setWeight: -1 '),
    expect.stringContaining('[2].setWeight: 101 '),
  ]);
});

test.each([
  ['-1', 1],
  ['0', 0],
  ['100', 0],
  ['101', 1],
  ['"200"', 0],
  ['null', 1],
])('a weight of %s: %i findings', (weight, count) => {
  expect(findingsOf(rule, steps(`[{ setWeight: ${weight} }]`))).toHaveLength(count);
});

test('a router may count to more than 100', () => {
  const thousandths = (more: string) =>
    steps(`[{ setWeight: 120 }]\n      trafficRouting: { nginx: { stableIngress: web }${more} }`);
  expect(findingsOf(rule, thousandths(', maxTrafficWeight: 1000'))).toEqual([]);
  expect(findingsOf(rule, thousandths(', maxTrafficWeight: 110'))).toEqual([
    `${FIELD}[0].setWeight: 120 is outside of 0 to 110, so that Argo refuses the whole Rollout; use a weight from 0 to 110`,
  ]);
  expect(findingsOf(rule, thousandths(''))).toHaveLength(1);
});

test.each([
  ['0', 0],
  ['90', 0],
  ['-1', 1],
  ['1.5', 1],
  ['"0"', 0],
  ['"90"', 0],
  ['"+90"', 0],
  ['"-5"', 1],
  ['10m', 0],
  ['1h30m', 0],
  ['1.5h', 0],
  ['.5s', 0],
  ['-5s', 1],
  ['-0.5s', 0],
  ['1d', 1],
  ['1h30', 1],
  ['10 m', 1],
  ['10minutes', 1],
  ['a10m', 1],
  ['"10"', 0],
  ['"1e3"', 1],
  ['""', 1],
  ['true', 1],
  ['null', 0],
])('a pause of %s: %i findings', (duration, count) => {
  expect(findingsOf(rule, steps(`[{ pause: { duration: ${duration} } }]`))).toHaveLength(count);
});

test('what is no text is shown as it is written', () => {
  expect(findingsOf(rule, steps('[{ pause: { duration: { minutes: 5 } } }]'))[0]).toContain('{"minutes":5} is no time');
  expect(findingsOf(rule, steps('[{ pause: 7 }]'))).toEqual([]);
});

test.each(['setWeight: 5', 'pause: {}', 'experiment: {}', 'analysis: {}'])('%s is alone among its like', (action) => {
  expect(findingsOf(rule, steps(`[{ ${action} }]`))).toEqual([]);
  const others = ['setWeight: 5', 'pause: {}', 'experiment: {}', 'analysis: {}'].filter((other) => other !== action);
  for (const other of others) {
    expect(findingsOf(rule, steps(`[{ ${action}, ${other} }]`))).toEqual([expect.stringContaining('make a step of')]);
  }
});

test.each(['setCanaryScale', 'setHeaderRoute', 'setMirrorRoute', 'plugin'])(
  '%s is an action, and may stand beside another',
  (action) => {
    expect(findingsOf(rule, steps(`[{ ${action}: {} }]`))).toEqual([]);
    expect(findingsOf(rule, steps(`[{ ${action}: {}, setWeight: 5 }]`))).toEqual([]);
  },
);

test('an action that is null is none, and neither is one that Argo does not know', () => {
  expect(findingsOf(rule, steps('[{ setWeight: 5, pause: null }]'))).toEqual([]);
  expect(findingsOf(rule, steps('[{ pause: null }]'))).toEqual([expect.stringContaining('has no action')]);
  expect(findingsOf(rule, steps('[{ wait: 5 }, 7]'))).toHaveLength(2);
});

test('steps of another strategy are not there', () => {
  expect(findingsOf(rule, varied(rule.bad, 'canary:', 'blueGreen:'))).toEqual([]);
  expect(findingsOf(rule, steps('7'))).toEqual([]);
});
