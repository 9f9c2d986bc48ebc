import { openFindings, type Report, summaryOf } from '../report';
import { TOOL, toolVersion } from '../tool';

/** For programs. */
export function jsonReport(report: Report): string {
  const findings = openFindings(report).map(({ finding, file, line }) => {
    const { id, severity, object, field, problem, fix } = finding;
    const { apiVersion, kind, inNamespace, name } = object;
    return {
      id,
      severity,
      object: { apiVersion, kind, namespace: inNamespace, name },
      file,
      line,
      field,
      problem,
      fix,
    };
  });
  const { unreadable } = report;
  const tool = { name: TOOL, version: toolVersion() };
  return `${JSON.stringify({ tool, summary: summaryOf(report), findings, unreadable }, undefined, 2)}\n`;
}
