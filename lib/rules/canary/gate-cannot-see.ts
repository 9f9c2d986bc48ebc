// FL-5
import { SUCCESS_RATE } from '../../facts/flagger-canary';
import { fields, int, list } from '../../facts/read';
import { Severity } from '../../findings';
import { EXPECTS_PER_SECOND } from '../../values/annotations';
import { chanceOfMore } from '../../values/binomial';
import type { Remark, RuleOf } from '../rule';
import { canary } from './release-snippet';

const SURE = 0.95;
const RARE = 0.05;

const expecting = (perSecond: number) =>
  canary(
    '{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10, metrics: [{ name: request-success-rate, interval: 1m, thresholdRange: { min: 99 } }] }',
  ).replace(
    'metadata: { name: web }',
    `metadata: { name: web, annotations: { ${EXPECTS_PER_SECOND}: "${perSecond}" } }`,
  );

export const gateCannotSee: RuleOf<'canary'> = {
  id: 'canary/gate-cannot-see',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `At the first weight a gate sees few requests. Of 60 with 2 % failures there is no failure at all in 30 % of cases: the gate passes what it is
there to stop. The annotation \`${EXPECTS_PER_SECOND}\` says how many requests come in a second. A gate has to fail with a chance of 95 % at
twice the failures that it allows, and with at most 5 % at half of them (exact binomial).`,
  sources: ['https://docs.flagger.app/usage/metrics', 'https://en.wikipedia.org/wiki/Binomial_distribution'],
  bad: expecting(10),
  good: expecting(300),
  check: ({ annotations, metrics, analysis, stepWeight }) => {
    const perSecond = Number(annotations[EXPECTS_PER_SECOND] ?? Number.NaN);
    const weight = int(list(analysis.stepWeights)[0]) ?? stepWeight;
    if (!(perSecond > 0) || weight === undefined) return [];
    return metrics.flatMap(({ field, name, window, manifest }): Remark[] => {
      const { min } = fields(manifest.thresholdRange);
      if (name !== SUCCESS_RATE || window === undefined || typeof min !== 'number' || min <= 0 || min >= 100) return [];
      const requests = Math.floor((perSecond * weight * window) / 100);
      const allowed = (100 - min) / 100;
      const fails = (rate: number) => chanceOfMore(Math.floor(requests * allowed + 1e-9), requests, rate);
      const [seen, false_] = [fails(2 * allowed), fails(allowed / 2)];
      if (seen >= SURE && false_ <= RARE) return [];
      const effect =
        seen < SURE
          ? `passes a version with ${printed(200 * allowed)}% failures in ${printed(100 * (1 - seen))}% of cases`
          : `stops one with ${printed(50 * allowed)}% failures in ${printed(100 * false_)}% of cases`;
      const problem = `sees ${requests} requests at the first weight (${perSecond} in a second, ${weight}% of them, for ${window}s), and ${effect}`;
      return [{ field, problem, fix: 'use a longer interval, a greater first weight, or a lower min' }];
    });
  },
};

function printed(value: number): string {
  return String(Number(value.toPrecision(2)));
}
