// FL-4
import type { FlaggerCanaryFact } from '../../facts';
import { below, fields, list } from '../../facts/read';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { canary } from './release-snippet';

const FORMS = ['iterations', 'stepWeight', 'stepWeights'];
const READABLE = /^[0-9]+(m|s)/;
const REFUSED = 'so that the API server refuses the Canary';

export const analysisRefused: RuleOf<'canary'> = {
  id: 'canary/analysis-refused',
  severity: Severity.ERROR,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `An analysis has an interval, a threshold, and exactly one plan: \`stepWeight\`, \`stepWeights\`, or \`iterations\`. The API server refuses
all others, and times in hours or days too, since Flagger's definition of the Canary knows minutes and seconds only.`,
  sources: ['https://github.com/fluxcd/flagger/blob/v1.44.0/artifacts/flagger/crd.yaml'],
  bad: canary('{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10, iterations: 10 }'),
  good: canary('{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10 }'),
  check: (target) => {
    if (isWritten(target.spec.analysis)) return [...plan(target), ...missing(target), ...times(target)];
    if (isWritten(target.spec.canaryAnalysis)) return [];
    const fix = 'add analysis: { interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10 }';
    return [{ field: 'spec.analysis', problem: `is missing, ${REFUSED}`, fix }];
  },
};

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function plan({ analysis }: FlaggerCanaryFact): Remark[] {
  const written = FORMS.filter((form) => isWritten(analysis[form]));
  if (written.length === 1) return [];
  const problem =
    written.length === 0
      ? `has none of ${FORMS.join(', ')}, ${REFUSED}`
      : `has ${written.join(' and ')}, of which there may be one, ${REFUSED}`;
  return [
    { field: 'spec.analysis', problem, fix: written.length === 0 ? 'add stepWeight: 10' : `keep ${written[0]} alone` },
  ];
}

function missing({ analysis }: FlaggerCanaryFact): Remark[] {
  return [
    { key: 'interval', fix: 'add interval: 1m' },
    { key: 'threshold', fix: 'add threshold: 5' },
  ].flatMap(({ key, fix }) =>
    isWritten(analysis[key]) ? [] : [{ field: `spec.analysis.${key}`, problem: `is missing, ${REFUSED}`, fix }],
  );
}

function times({ analysis, metrics }: FlaggerCanaryFact): Remark[] {
  const webhooks = list(analysis.webhooks).map((webhook, index) => ({
    field: `spec.analysis.webhooks[${index}].timeout`,
    time: fields(webhook).timeout,
  }));
  return [
    { field: 'spec.analysis.interval', time: analysis.interval },
    ...metrics.map(({ field, manifest }) => ({ field: `${field}.interval`, time: below(manifest, 'interval') })),
    ...webhooks,
  ].flatMap(({ field, time }) => {
    if (!isWritten(time) || (typeof time === 'string' && READABLE.test(time))) return [];
    const problem = `${JSON.stringify(time)} is in neither minutes nor seconds, ${REFUSED}`;
    return [{ field, problem, fix: 'write minutes or seconds, for example 60m' }];
  });
}
