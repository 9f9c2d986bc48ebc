import { type Finding, Severity } from '../findings';

/** A finding and where it stands. */
export interface LocatedFinding {
  readonly finding: Finding;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What could not be read, and why. */
export interface Unreadable {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly problem: string;
}

/** All that a check of files has to say. */
export interface Report {
  readonly files: readonly string[];
  readonly objects: number;
  /** Documents that are no Kubernetes objects. */
  readonly others: number;
  /** In the order of files and lines; the acknowledged ones too. */
  readonly findings: readonly LocatedFinding[];
  readonly unreadable: readonly Unreadable[];
  /** The mildest severity that fails the check. */
  readonly failOn: Severity;
}

/** How a report is written. */
export interface WriteOptions {
  /** With colours of a terminal; only text has them. */
  readonly color?: boolean;
  /** Findings alone, without a summary; only text has one. */
  readonly quiet?: boolean;
}

/** How many of what there are. */
export interface Summary {
  readonly files: number;
  readonly objects: number;
  readonly errors: number;
  readonly warnings: number;
  readonly acknowledged: number;
}

const ORDER = [Severity.DRAFT, Severity.WARNING, Severity.ERROR];

/** Whether `severity` is `threshold` or graver. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return ORDER.indexOf(severity) >= ORDER.indexOf(threshold);
}

/** The findings that nobody accepted. */
export function openFindings({ findings }: Report): readonly LocatedFinding[] {
  return findings.filter(({ finding }) => finding.acknowledged === undefined);
}

/** Whether findings fail the check. */
export function hasFailed(report: Report): boolean {
  return openFindings(report).some(({ finding }) => reaches(finding.severity, report.failOn));
}

/** The numbers of a report. */
export function summaryOf(report: Report): Summary {
  const open = openFindings(report);
  const count = (severity: Severity) => open.filter(({ finding }) => finding.severity === severity).length;
  return {
    files: report.files.length,
    objects: report.objects,
    errors: count(Severity.ERROR),
    warnings: count(Severity.WARNING),
    acknowledged: report.findings.length - open.length,
  };
}
