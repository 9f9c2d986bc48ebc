// FL-7
import { type FlaggerMetric, SUCCESS_RATE } from '../../facts';
import { fields } from '../../facts/read';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { canary } from './release-snippet';

const gate = (metric: string) =>
  canary(`{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10, metrics: [${metric}] }`);

export const metricWithoutRange: RuleOf<'canary'> = {
  id: 'canary/metric-without-range',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `A metric stops a release when its value leaves \`thresholdRange\`. Without a range the old \`threshold\` counts, and without that 0 does:
the success rate is then always good enough, and everything else, of which 0 is the maximum, is never. An empty range lets everything pass. Write
\`min\` or \`max\`.`,
  sources: [
    'https://github.com/fluxcd/flagger/blob/main/docs/gitbook/usage/metrics.md',
    'https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler_metrics.go',
  ],
  bad: gate('{ name: request-success-rate }'),
  good: gate('{ name: request-success-rate, thresholdRange: { min: 99 } }'),
  check: ({ metrics }) => metrics.filter(({ isAsked }) => isAsked).flatMap(judge),
};

function judge({ field, name, manifest }: FlaggerMetric): Remark[] {
  const { threshold, thresholdRange } = manifest;
  const isRate = name === SUCCESS_RATE;
  const bound = isRate ? 'min' : 'max';
  const suggested = typeof threshold === 'number' ? threshold : isRate ? 99 : 500;
  const fix = `use thresholdRange: { ${bound}: ${suggested} }`;
  if (thresholdRange !== undefined && thresholdRange !== null) {
    const { min, max } = fields(thresholdRange);
    if (typeof min === 'number' || typeof max === 'number') return [];
    return [{ field: `${field}.thresholdRange`, problem: 'has neither min nor max, so that every value passes', fix }];
  }
  if (typeof threshold === 'number') {
    const problem = `${threshold} is the old form of a ${isRate ? 'minimum' : 'maximum'}, which Flagger may drop with its next API`;
    return [{ field: `${field}.threshold`, problem, fix }];
  }
  const problem = isRate
    ? 'is missing, so that every success rate passes, 0 % too'
    : 'is missing, so that every value above 0 stops the release';
  return [{ field: `${field}.thresholdRange`, problem, fix }];
}
