// FL-4
import { text } from '../../facts/read';
import { Severity } from '../../findings';
import { parseGoDuration } from '../../values/go-duration';
import type { RuleOf } from '../rule';
import { canary } from './release-snippet';

const paced = (interval: string) => canary(`{ interval: ${interval}, threshold: 5, maxWeight: 50, stepWeight: 10 }`);

export const intervalMisread: RuleOf<'canary'> = {
  id: 'canary/interval-misread',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `The API server looks at the beginning of the interval only, and takes \`30seconds\`. Flagger reads it as Go does, and takes a minute where
it cannot. Less than ten seconds it makes ten. How long a release takes, and how long a bad one does harm, is a multiple of this time.`,
  sources: ['https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/apis/flagger/v1beta1/canary.go'],
  bad: paced('30seconds'),
  good: paced('30s'),
  check: ({ analysis, interval }) => {
    const written = text(analysis.interval) ?? '';
    const start = /^\d+[ms]/.exec(written)?.[0];
    const meant = parseGoDuration(written);
    if (start === undefined || meant === interval) return [];
    const cause = meant === undefined ? 'is no time that Flagger can read' : 'is less than Flagger takes';
    return [
      {
        field: 'spec.analysis.interval',
        problem: `${written} ${cause}, so that it looks every ${interval} s`,
        fix: `use ${meant === undefined ? start : `${interval}s`}`,
      },
    ];
  },
};
