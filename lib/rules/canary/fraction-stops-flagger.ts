// FL-4
import { below, fields, list } from '../../facts/read';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { canary } from './release-snippet';

const OF_ANALYSIS = [
  'iterations',
  'maxWeight',
  'stepWeight',
  'stepWeightPromotion',
  'mirrorWeight',
  'threshold',
  'primaryReadyThreshold',
  'canaryReadyThreshold',
];

export const fractionStopsFlagger: RuleOf<'canary'> = {
  id: 'canary/fraction-stops-flagger',
  severity: Severity.ERROR,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `The API server takes fractions where Flagger reads whole numbers. Flagger reads all Canaries at once, and one number that it cannot read
makes it read none: every release of the cluster stands still, with one line in its log.`,
  sources: [
    'https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/apis/flagger/v1beta1/canary.go',
    'https://github.com/fluxcd/flagger/blob/v1.44.0/artifacts/flagger/crd.yaml',
  ],
  bad: canary('{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 2.5 }'),
  good: canary('{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 2 }'),
  check: ({ analysis, spec }) =>
    [
      { field: 'spec.service.port', value: below(spec, 'service', 'port') },
      { field: 'spec.progressDeadlineSeconds', value: spec.progressDeadlineSeconds },
      ...OF_ANALYSIS.map((key) => ({ field: `spec.analysis.${key}`, value: analysis[key] })),
      ...list(analysis.stepWeights).map((value, index) => ({ field: `spec.analysis.stepWeights[${index}]`, value })),
      ...list(analysis.webhooks).map((webhook, index) => ({
        field: `spec.analysis.webhooks[${index}].retries`,
        value: fields(webhook).retries,
      })),
    ].flatMap(({ field, value }) => {
      if (typeof value !== 'number' || Number.isInteger(value)) return [];
      const problem = `${value} is no whole number, so that Flagger can read no Canary of the cluster any more`;
      return [{ field, problem, fix: `use ${Math.floor(value)} or ${Math.ceil(value)}` }];
    }),
};
