import { Severity } from '../../findings';
import { formatReference } from '../../findings/object-reference';
import { openFindings, type Report } from '../report';
import { digests, fingerprints } from './fingerprints';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  [Severity.ERROR]: 'critical',
  [Severity.WARNING]: 'minor',
  [Severity.DRAFT]: 'info',
};

/**
 * For merge requests of GitLab.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabReport(report: Report): string {
  const open = openFindings(report);
  const prints = fingerprints(open);
  const issues = open.map(({ finding, file, line }, index) => ({
    description: `${formatReference(finding.object)}: ${finding.field}: ${finding.problem}; ${finding.fix}`,
    check_name: finding.id,
    fingerprint: prints[index],
    severity: SEVERITIES[finding.severity],
    location: { path: file, lines: { begin: line } },
  }));
  const broken = digests(report.unreadable.map(({ file, problem }) => `unreadable\n${file}\n${problem}`));
  const unreadable = report.unreadable.map(({ file, line = 1, problem }, index) => ({
    description: problem,
    check_name: 'unreadable',
    fingerprint: broken[index],
    severity: 'blocker',
    location: { path: file, lines: { begin: line } },
  }));
  return `${JSON.stringify([...unreadable, ...issues], undefined, 2)}\n`;
}
