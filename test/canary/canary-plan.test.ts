import { Duration } from 'cdk8s';
import * as p from '../../lib';
import { thrown } from '../support/apps';
import { pause, successGate, weight } from '../support/releases';

const plan = (...steps: p.CanaryStep[]) => p.CanaryPlan.of(...steps)._intent;

test('pauses, gates and approvals belong to the weight before them', () => {
  const { prepared, phases } = plan(
    p.CanaryStep.approval(),
    weight(5),
    pause(10),
    successGate(),
    weight(100),
    p.CanaryStep.approval(),
  );
  expect(prepared).toEqual({ percent: 0, mirror: 0, actions: [{ kind: 'approval' }] });
  expect(phases.map(({ percent }) => percent)).toEqual([5, 100]);
  expect(phases[0]?.actions.map(({ kind }) => kind)).toEqual(['pause', 'gate']);
  expect(phases[1]?.actions).toEqual([{ kind: 'approval' }]);
});

test('a gate looks back as far as the candidate has had its share, unless it says less', () => {
  const short = p.CanaryStep.gate(p.Gate.successRate(99, { name: 'last-minute', window: Duration.minutes(1) }));
  const { phases } = plan(weight(5), pause(2), pause(3), successGate(), short, weight(100));
  const gates = phases[0]?.actions.flatMap((action) => (action.kind === 'gate' ? action.gates : []));
  expect(gates?.map(({ gate, window }) => [gate.name, window])).toEqual([
    ['success-rate', 300],
    ['last-minute', 60],
  ]);
});

test('a gate may judge copies of requests before the first weight', () => {
  const { prepared } = plan(p.CanaryStep.mirror(p.Weight.percent(50)), pause(5), successGate(), weight(5), weight(100));
  expect(prepared.mirror).toBe(50);
  expect(prepared.actions.map(({ kind }) => kind)).toEqual(['pause', 'gate']);
});

test('one gate may be asked at several steps', () => {
  expect(() =>
    plan(weight(5), pause(5), successGate(), weight(50), pause(5), successGate(), weight(100)),
  ).not.toThrow();
});

const other = () => p.CanaryStep.gate(p.Gate.successRate(98));

test.each<[string, () => unknown, string]>([
  [
    'no step',
    () => plan(),
    'CanaryPlan.of: no step gives the candidate a share; begin with CanaryStep.weight(Weight.percent(5))',
  ],
  [
    'no weight',
    () => plan(pause(5)),
    'CanaryPlan.of: no step gives the candidate a share; begin with CanaryStep.weight(Weight.percent(5))',
  ],
  [
    '100 % at once',
    () => plan(pause(1), weight(100)),
    'CanaryPlan.of: steps[1]: 100% at once is a roll-out and not a canary; put CanaryStep.weight(Weight.percent(5)) before it',
  ],
  [
    'a weight that goes down',
    () => plan(weight(20), weight(10), weight(100)),
    'CanaryPlan.of: steps[1]: 10% after 20% is a step back; use more than Weight.percent(20)',
  ],
  [
    'a weight that stays',
    () => plan(weight(20), pause(1), weight(20), weight(100)),
    'CanaryPlan.of: steps[2]: 20% after 20% changes nothing; use more than Weight.percent(20)',
  ],
  [
    'an end below 100 %',
    () => plan(weight(20), pause(1)),
    'CanaryPlan.of: ends at 20%, so that the candidate never takes over; end with CanaryStep.weight(Weight.percent(100))',
  ],
  [
    'a gate before any weight',
    () => plan(pause(5), successGate(), weight(5), weight(100)),
    'CanaryPlan.of: steps[1]: gate `success-rate` comes before any weight, when no request has met the candidate; put CanaryStep.weight(Weight.percent(5)) before it',
  ],
  [
    'a gate at once',
    () => plan(weight(5), successGate(), weight(100)),
    'CanaryPlan.of: steps[1]: gate `success-rate` follows the weight at once, when there is nothing to judge yet; put CanaryStep.pause(Duration.minutes(10)) before it',
  ],
  [
    'a window longer than the pause',
    () =>
      plan(
        weight(5),
        pause(5),
        p.CanaryStep.gate(p.Gate.successRate(99, { window: Duration.seconds(301) })),
        weight(100),
      ),
    'CanaryPlan.of: steps[2]: gate `success-rate` looks back 301s, and the candidate has had this share for 300s; use a window of 300s or less, or pause for 301s before the gate',
  ],
  [
    'two gates of one name in one step',
    () => p.CanaryStep.gate(p.Gate.successRate(99), p.Gate.successRate(98)),
    'CanaryStep.gate: two gates have the name `success-rate`; give one of them a name of its own by its option name',
  ],
  [
    'two gates of one name in two steps',
    () => plan(weight(5), pause(5), successGate(), weight(50), pause(5), other(), weight(100)),
    'CanaryPlan.of: steps[5]: two gates have the name `success-rate` and ask different things; give one of them a name of its own by its option name',
  ],
  [
    'a mirror after a weight',
    () => plan(weight(5), p.CanaryStep.mirror(p.Weight.percent(5)), weight(100)),
    'CanaryPlan.of: steps[1]: a mirror is for the time before the first weight, once; move it to the beginning',
  ],
  [
    'two mirrors',
    () =>
      plan(p.CanaryStep.mirror(p.Weight.percent(5)), p.CanaryStep.mirror(p.Weight.percent(9)), weight(5), weight(100)),
    'CanaryPlan.of: steps[1]: a mirror is for the time before the first weight, once; move it to the beginning',
  ],
  [
    'a weight of 0',
    () => weight(0),
    'CanaryStep.weight: 0% gives the candidate nothing to show; begin with Weight.percent(1) or more',
  ],
  [
    'a mirror of 0',
    () => p.CanaryStep.mirror(p.Weight.percent(0)),
    'CanaryStep.mirror: 0% mirrors nothing; remove the step',
  ],
  ['a pause of 0', () => p.CanaryStep.pause(Duration.seconds(0)), 'CanaryStep.pause: 0s is below 1s'],
  [
    'no gate in a gate',
    () => p.CanaryStep.gate(),
    'CanaryStep.gate: without a gate there is nothing to pass; name one',
  ],
  ['a weight above 100', () => weight(101), 'Weight.percent: 101 is outside 0 to 100'],
  ['a weight below 0', () => weight(-1), 'Weight.percent: -1 is outside 0 to 100'],
  ['half a percent', () => weight(2.5), 'Weight.percent: 2.5 is not a whole number'],
])('%s is refused', (_, work, message) => {
  expect(thrown(work)).toBe(message);
});

test('weights and stages read as in the messages', () => {
  expect(String(p.Weight.percent(7))).toBe('7%');
  expect(String(p.CanaryStage.step(2))).toBe('step-2');
  expect(String(p.CanaryStage.promoting())).toBe('promoting');
});
