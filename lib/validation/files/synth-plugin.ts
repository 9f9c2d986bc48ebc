import { writeFileSync } from 'node:fs';
import { Severity } from '../../findings';
import { formatReference } from '../../findings/object-reference';
import { RULES } from '../../rules';
import type { ProductionValidationProperties } from '../plugin-properties';
import { hasFailed, type LocatedFinding, openFindings, type Report, summaryOf } from '../report';
import { FORMATS, type Format, write } from '../reports';
import { AcknowledgementFile, today } from './acknowledgement-file';
import { checkFiles } from './check-files';
import { readYaml } from './read-files';
import { readTarget } from './target-text';

/** What we use of cdk8s-cli's ValidationContext. */
export interface PluginContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: PluginViolation): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

/** What cdk8s-cli prints. */
export interface PluginViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

const PROPERTIES = ['kubernetes', 'nodes', 'istio', 'disposable', 'failOn', 'format', 'output', 'acknowledgements'];

/** Judges the files of a synthesis, and tells cdk8s-cli what was found. */
export function validateFiles(context: PluginContext, properties: ProductionValidationProperties): void {
  const settings = readSettings(properties);
  const files = context.manifests.map((file) => readYaml(file, true));
  const report = checkFiles(files, { ...settings, rules: RULES, today: today() });
  const [broken] = report.unreadable;
  if (broken !== undefined) throw new Error(`${broken.file}:${broken.line ?? 1}: ${broken.problem}`);
  for (const found of openFindings(report)) context.report.addViolation(violation(found));
  if (settings.output !== undefined) writeFileSync(settings.output, write(report, settings.format));
  context.report.submit(hasFailed(report) ? 'failure' : 'success', metadata(report));
}

function violation({ finding, file, line }: LocatedFinding): PluginViolation {
  const { id, severity, object, field, problem, fix } = finding;
  const location = `${object.apiVersion} ${formatReference(object)}, line ${line}: ${field}`;
  return {
    ruleName: `${severity} ${id}`,
    recommendation: problem,
    fix,
    violatingResources: [{ resourceName: object.name, locations: [location], manifestPath: file }],
  };
}

function metadata(report: Report): Readonly<Record<string, string>> {
  const entries = Object.entries(summaryOf(report)).map(([key, value]) => [key, String(value)]);
  return Object.fromEntries([...entries, ['fails on', report.failOn]]);
}

interface Settings {
  readonly target: ReturnType<typeof readTarget>['target'];
  readonly failOn: Severity;
  readonly format: Format;
  readonly output: string | undefined;
  readonly acknowledgements: AcknowledgementFile;
}

function readSettings(properties: ProductionValidationProperties): Settings {
  for (const key of Object.keys(properties)) {
    if (!PROPERTIES.includes(key)) throw refusal(key, `is unknown; known are ${PROPERTIES.join(', ')}`);
  }
  const { format, output, failOn = Severity.ERROR } = properties;
  if ((format === undefined) !== (output === undefined)) throw refusal('format', 'and `output` need each other');
  const known = format === undefined ? 'json' : FORMATS.find((one) => one === format);
  if (known === undefined) throw refusal('format', `is none of ${FORMATS.join(', ')}`);
  if (failOn !== Severity.ERROR && failOn !== Severity.WARNING) throw refusal('failOn', 'is neither error nor warning');
  const file = properties.acknowledgements;
  const acknowledgements = file === undefined ? AcknowledgementFile.none() : AcknowledgementFile.read(file);
  return { target: targetOf(properties), failOn, format: known, output, acknowledgements };
}

function targetOf(properties: ProductionValidationProperties): Settings['target'] {
  const entries = new Map<string, string>();
  for (const key of ['kubernetes', 'nodes', 'istio', 'disposable'] as const) {
    const value: unknown = properties[key];
    if ((key === 'kubernetes' || key === 'istio') && typeof value === 'number') {
      throw refusal(key, `is the number ${value}; write it in quotes, since YAML reads 1.30 as 1.3`);
    }
    if (value !== undefined) entries.set(key, String(value));
  }
  return readTarget(entries).target;
}

function refusal(key: string, problem: string): Error {
  return new Error(`ProductionValidation: properties.${key} ${problem}`);
}
