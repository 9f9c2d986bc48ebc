import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Severity } from '../../findings';
import { formatReference } from '../../findings/object-reference';
import { catalogued, shortWhyOf, whyOf } from '../catalogue';
import type { LocatedFinding, Report, Unreadable } from '../report';
import { RULES_PAGE, TOOL, toolVersion } from '../tool';
import { fingerprints } from './fingerprints';

const LEVELS: Readonly<Record<Severity, string>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.DRAFT]: 'note',
};

/**
 * For code scanning.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: Report): string {
  const ids = [...new Set(report.findings.map(({ finding }) => finding.id))].sort();
  const prints = fingerprints(report.findings);
  const driver = { name: TOOL, version: toolVersion(), informationUri: RULES_PAGE, rules: ids.map(descriptor) };
  const run = {
    tool: { driver },
    invocations: [
      {
        executionSuccessful: report.unreadable.length === 0,
        toolExecutionNotifications: report.unreadable.map(notification),
      },
    ],
    results: report.findings.map((found, index) => result(found, ids, prints[index] as string)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor(id: string): object {
  const known = catalogued(id);
  return {
    id,
    shortDescription: { text: known === undefined ? '' : shortWhyOf(known) },
    fullDescription: { text: known === undefined ? '' : whyOf(known) },
    helpUri: `${RULES_PAGE}#${id.replace('/', '')}`,
    defaultConfiguration: { level: LEVELS[known?.severity ?? Severity.WARNING] },
  };
}

function result({ finding, file, line }: LocatedFinding, ids: readonly string[], fingerprint: string): object {
  const { id, severity, object, field, problem, fix, acknowledged } = finding;
  return {
    ruleId: id,
    ruleIndex: ids.indexOf(id),
    level: LEVELS[severity],
    message: { text: `${formatReference(object)}: ${field}: ${problem}; ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
        logicalLocations: [{ fullyQualifiedName: formatReference(object), kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'finding/v1': fingerprint },
    ...(acknowledged === undefined ? {} : { suppressions: [{ kind: 'external', justification: acknowledged }] }),
  };
}

function notification({ file, line, column, problem }: Unreadable): object {
  const region = line === undefined ? {} : { region: { startLine: line, startColumn: column } };
  return {
    level: 'error',
    message: { text: problem },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }],
  };
}

function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(/[\\/]/).map(encodeURIComponent).join('/');
}
