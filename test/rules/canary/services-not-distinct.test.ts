import { servicesNotDistinct as rule } from '../../../lib/rules/canary/services-not-distinct';
import { findingsOf, varied } from '../../support/rules';

const FIELD = 'Rollout web: canary/services-not-distinct: spec.strategy';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `${FIELD}.canary.canaryService: web is the stable Service too, so that Argo refuses the whole Rollout; make a second Service for the same pods, and name it here`,
  ]);
});

const strategy = (text: string) => varied(rule.bad, 'canary:\n      { stableService: web, canaryService: web }', text);

test('active and preview, ping and pong have to differ as well', () => {
  expect(findingsOf(rule, strategy('blueGreen: { activeService: web, previewService: web }'))).toEqual([
    expect.stringContaining(`${FIELD}.blueGreen.previewService: web is the active Service too`),
  ]);
  expect(findingsOf(rule, strategy('canary: { pingPong: { pingService: a, pongService: a } }'))).toEqual([
    expect.stringContaining(`${FIELD}.canary.pingPong.pongService: a is the ping Service too`),
  ]);
});

test.each([
  'canary: { stableService: web, canaryService: web-canary }',
  'canary: { stableService: web }',
  'canary: { canaryService: web }',
  'canary: { stableService: "", canaryService: "" }',
  'canary: { stableService: 7, canaryService: 7 }',
  'canary: {}',
  'blueGreen: { activeService: web, previewService: next }',
  'blueGreen: { activeService: web }',
  'canary: { stableService: a, canaryService: b, pingPong: { pingService: a, pongService: b } }',
])('%s is fine', (text) => {
  expect(findingsOf(rule, strategy(text))).toEqual([]);
});
