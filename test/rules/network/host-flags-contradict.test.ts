import { hostFlagsContradict as rule } from '../../../lib/rules/network/host-flags-contradict';
import { findingsOf, varied } from '../../support/rules';

const AT = 'GlobalNetworkPolicy hosts: network/host-flags-contradict: spec.';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${AT}preDNAT: preDNAT is true and applyOnForward is not, and packets that go on to pods are seen there too; use applyOnForward: true`,
  ]);
});

test('both flags', () => {
  const both = varied(rule.good, 'preDNAT: true', 'preDNAT: true\n  doNotTrack: true');
  expect(findingsOf(rule, both)).toEqual([
    `${AT}preDNAT: preDNAT and doNotTrack are both true, and a policy is asked at one of the two points; make two policies, each with one of them`,
  ]);
});

test('nothing leaves before addresses are translated', () => {
  const problem =
    'is about packets that leave, and preDNAT sees those that arrive; use types: [Ingress], and no egress';
  expect(findingsOf(rule, varied(rule.good, 'types: [Ingress]', 'types: [Ingress, Egress]'))).toEqual([
    `${AT}types: ${problem}`,
  ]);
  expect(findingsOf(rule, `${rule.good}  egress: [{ action: Deny }]\n`)).toEqual([`${AT}egress[0]: ${problem}`]);
});

test('what is not tracked is seen on its way to elsewhere too, and may leave', () => {
  const untracked = varied(rule.bad, 'preDNAT: true', 'doNotTrack: true').replace(
    'types: [Ingress]',
    'types: [Egress]',
  );
  expect(findingsOf(rule, untracked)).toEqual([
    expect.stringContaining('spec.doNotTrack: doNotTrack is true and applyOnForward is not'),
  ]);
  expect(findingsOf(rule, varied(untracked, 'doNotTrack: true', 'doNotTrack: true\n  applyOnForward: true'))).toEqual(
    [],
  );
});

test.each(['preDNAT: false', 'order: 10', 'applyOnForward: true'])('with %s it is an ordinary policy', (flag) => {
  expect(findingsOf(rule, varied(rule.bad, 'preDNAT: true', flag))).toEqual([]);
});
