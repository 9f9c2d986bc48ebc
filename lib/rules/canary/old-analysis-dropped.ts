// FL-7
import { fields } from '../../facts/read';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';
import { canary, steadyAnalysis } from './release-snippet';

export const oldAnalysisDropped: RuleOf<'canary'> = {
  id: 'canary/old-analysis-dropped',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `\`canaryAnalysis\` is the name that \`analysis\` had before v1beta1. Beside the new one it is refused where fields are validated strictly,
and elsewhere the API server drops it without a word, with all metrics and webhooks in it.`,
  sources: ['https://github.com/fluxcd/flagger/blob/v1.44.0/artifacts/flagger/crd.yaml'],
  bad: canary(steadyAnalysis, '  canaryAnalysis: { metrics: [{ name: request-success-rate }] }\n'),
  good: canary(steadyAnalysis),
  check: ({ spec }) => {
    if (!('canaryAnalysis' in spec) || !('analysis' in spec)) return [];
    const lost = Object.keys(fields(spec.canaryAnalysis));
    return [
      {
        field: 'spec.canaryAnalysis',
        problem: `the API server drops it${lost.length === 0 ? '' : `, with ${listed(lost)}`}, so that only analysis counts`,
        fix: 'move what is still wanted to analysis, and remove it',
      },
    ];
  },
};
