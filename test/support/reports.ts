import { type Finding, Severity } from '../../lib/findings';
import type { LocatedFinding, Report } from '../../lib/validation/report';

/** A finding of a Deployment `shop/web`, in line 5 of `k8s/web.yaml`. */
export function located(finding: Partial<Finding> = {}, file = 'k8s/web.yaml', line = 5): LocatedFinding {
  const whole: Finding = {
    id: 'app/rollout-cannot-proceed',
    severity: Severity.ERROR,
    object: { apiVersion: 'apps/v1', kind: 'Deployment', inNamespace: 'shop', name: 'web' },
    field: 'spec.strategy',
    problem: '0, while maxSurge is 0',
    fix: 'set maxSurge to 1',
    ...finding,
  };
  return { finding: whole, file, line };
}

/** Nothing was given, nothing was found. */
export const EMPTY: Report = {
  files: [],
  objects: 0,
  others: 0,
  findings: [],
  unreadable: [],
  failOn: Severity.ERROR,
};

/** Names that no form of report can take as they are: markup, control characters, what steers a terminal, half a character. */
export const HOSTILE = '<web> & "co" \'s ]]> \u0007\u001B[31m\u0085\uD83D é😀';

/** Something of everything: all severities, equal findings, accepted ones, broken files, odd names and paths. */
export const REPORT: Report = {
  files: ['k8s/web.yaml', '/srv/a & b.yaml', 'C:\\k8s\\a b#1?.yaml', '../k8s/é%.yaml', 'k8s/broken.yaml', 'stdin'],
  objects: 7,
  others: 1,
  findings: [
    located(),
    located({ acknowledged: 'a drill' }),
    located({}, 'k8s/web.yaml', 9),
    located(
      {
        id: 'app/image-not-pinned',
        severity: Severity.WARNING,
        object: { apiVersion: 'v1', kind: 'Pod', name: HOSTILE },
        field: `metadata.annotations[${HOSTILE}]`,
        problem: `it is ${HOSTILE}`,
        fix: `do not use ${HOSTILE}`,
      },
      '/srv/a & b.yaml',
      1,
    ),
    located({ id: 'other/of-nobody', severity: Severity.DRAFT }, 'C:\\k8s\\a b#1?.yaml', 2),
    located({ id: 'findings/duplicate-object', field: 'metadata.name' }, '../k8s/é%.yaml', 3),
  ],
  unreadable: [
    { file: 'k8s/broken.yaml', line: 3, column: 7, problem: 'Missing closing "quote' },
    { file: 'k8s/broken.yaml', line: 9, column: 1, problem: 'Missing closing "quote' },
    { file: 'k8s/binary.yaml', problem: 'is no text in UTF-8' },
    { file: 'k8s/\u001B[2J.yaml', line: 1, problem: `found ${HOSTILE}` },
  ],
  failOn: Severity.ERROR,
};
