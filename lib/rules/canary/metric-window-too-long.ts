// FL-4
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { canary } from './release-snippet';

const gate = (interval: string) =>
  canary(`
    interval: ${interval}
    threshold: 5
    maxWeight: 50
    stepWeight: 10
    metrics: [{ name: request-success-rate, interval: 1m, thresholdRange: { min: 99 } }]
`);

export const metricWindowTooLong: RuleOf<'canary'> = {
  id: 'canary/metric-window-too-long',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `Flagger asks for each metric over the last \`interval\` of the metric, and goes to the next weight after the \`interval\` of the analysis.
Where the first is the longer, each judgement still counts requests from before the last step. What breaks at the new weight is diluted, and the
release has gone on when it shows.`,
  sources: ['https://github.com/fluxcd/flagger/blob/main/docs/gitbook/usage/metrics.md'],
  bad: gate('30s'),
  good: gate('1m'),
  check: ({ metrics, interval, spec }) => {
    if (spec.skipAnalysis === true) return [];
    return metrics.flatMap(({ field, window, isAsked }) => {
      if (!isAsked || window === undefined || window <= interval) return [];
      const problem = `looks back ${window} s, while Flagger judges every ${interval} s, so that each judgement counts requests from before the last step`;
      return [{ field: `${field}.interval`, problem, fix: `set spec.analysis.interval to ${window}s` }];
    });
  },
};
