// FL-7
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { canary } from './release-snippet';

const SERVED = 'flagger.app/v1beta1';

const analysis = '{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10 }';

export const oldFlaggerForm: RuleOf<'canary'> = {
  id: 'canary/old-flagger-form',
  severity: Severity.ERROR,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `Flagger 1 serves one version of its API, v1beta1, in which \`canaryAnalysis\` is called \`analysis\` and must be there. A Canary in the form
of the years before is refused by the API server. The fields within have kept their names, but a metric has a \`thresholdRange\`.`,
  sources: ['https://github.com/fluxcd/flagger/blob/v1.44.0/artifacts/flagger/crd.yaml'],
  bad: canary(analysis).replace('analysis:', 'canaryAnalysis:'),
  good: canary(analysis),
  check: ({ apiVersion, spec }) => {
    const version: Remark = {
      field: 'apiVersion',
      problem: `${apiVersion} is not served by Flagger 1, so that the API server refuses the Canary`,
      fix: `use ${SERVED}`,
    };
    const name: Remark = {
      field: 'spec.canaryAnalysis',
      problem: 'is the old name of analysis, which is missing, so that the API server refuses the Canary',
      fix: 'rename it to analysis',
    };
    const isOld = 'canaryAnalysis' in spec && !('analysis' in spec);
    return [...(apiVersion === SERVED ? [] : [version]), ...(isOld ? [name] : [])];
  },
};
