// FL-7
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { canary } from './release-snippet';

const gate = (source: string) =>
  canary(
    `{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10, metrics: [{ name: error-rate${source}, thresholdRange: { max: 1 } }] }`,
  );

export const metricNeverAsked: RuleOf<'canary'> = {
  id: 'canary/metric-never-asked',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `Flagger knows queries for two metrics, \`request-success-rate\` and \`request-duration\`. For all others it needs a \`templateRef\` or a
\`query\`. A metric with another name and neither of them it passes over without a word, so that the release is not judged by it at all.`,
  sources: [
    'https://github.com/fluxcd/flagger/blob/main/docs/gitbook/usage/metrics.md',
    'https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/controller/scheduler_metrics.go',
  ],
  bad: gate(''),
  good: gate(', templateRef: { name: error-rate }'),
  check: ({ metrics }) =>
    metrics.flatMap(({ field, name, isAsked }) =>
      isAsked
        ? []
        : [
            {
              field: `${field}.name`,
              problem: `${name} is none of the metrics of Flagger and has no templateRef, so that Flagger never asks for it`,
              fix: 'add templateRef with the name of a MetricTemplate',
            },
          ],
    ),
};
