import { type ObjectFact, World } from '../../facts';
import type { Finding, Severity } from '../../findings';
import type { Rule } from '../../rules';
import type { TargetCluster } from '../../values';
import { type BuiltIn, EXPIRED_ACKNOWLEDGEMENT, UNUSED_ACKNOWLEDGEMENT } from '../built-in';
import { type Acknowledged, judge, unusedProblem, wasAsked } from '../judge';
import type { LocatedFinding, Report } from '../report';
import { type AcknowledgementFile, type FileAcknowledgement, isOver } from './acknowledgement-file';
import type { FileContent, YamlDocument } from './documents';
import { Positions } from './positions';

/** How files are checked. */
export interface FileCheckOptions {
  readonly target: TargetCluster;
  readonly rules: readonly Rule[];
  readonly acknowledgements: AcknowledgementFile;
  readonly failOn: Severity;
  /** `2026-11-26`. */
  readonly today: string;
}

/** A file that was read. */
export interface ReadFile extends FileContent {
  readonly file: string;
}

/** The rules over all files as one world. */
export function checkFiles(files: readonly ReadFile[], options: FileCheckOptions): Report {
  const documents = files.flatMap((file) => file.documents);
  const world = new World(documents.map((origin) => ({ manifest: origin.value, target: options.target, origin })));
  const used = new Set<Acknowledged>();
  const further = (fact: ObjectFact, id: string) => options.acknowledgements.accepting(fact, id, options.today);
  const positions = new Positions();
  const found = judge(world, { further, rules: options.rules }).map(({ finding, fact, acknowledgement }) => {
    if (acknowledgement !== undefined) used.add(acknowledgement);
    const origin = fact.origin as YamlDocument;
    return { finding, file: origin.file, line: positions.lineOf(origin, fact.path + finding.field) };
  });
  const order = new Map(files.map(({ file }, index) => [file, index]));
  const rank = ({ file }: LocatedFinding) => order.get(file) ?? 0;
  return {
    files: files.map(({ file }) => file),
    objects: world.objects.length,
    others: files.reduce((sum, { others }) => sum + others, 0),
    findings: [
      ...found.sort((one, other) => rank(one) - rank(other) || one.line - other.line),
      ...ofEntries(used, options),
    ],
    unreadable: files.flatMap(({ unreadable }) => unreadable),
    failOn: options.failOn,
  };
}

/** Entries of the acknowledgement file that are over, or that accept nothing. */
function ofEntries(
  used: ReadonlySet<Acknowledged>,
  { acknowledgements, rules, today }: FileCheckOptions,
): LocatedFinding[] {
  const { file, entries } = acknowledgements;
  return entries.flatMap((entry) => {
    if (isOver(entry, today)) {
      const problem = `\`${entry.id}\` was accepted until ${entry.until}, which has passed`;
      const fix = 'mend what it is about, or give it another day';
      return [
        {
          file,
          line: entry.line,
          finding: ofEntry(EXPIRED_ACKNOWLEDGEMENT, entry, `${entry.field}.until`, problem, fix),
        },
      ];
    }
    if (used.has(entry) || !wasAsked(entry.id, rules)) return [];
    const problem = `${unusedProblem(entry.id)} (of ${entry.object})`;
    return [
      {
        file,
        line: entry.line,
        finding: ofEntry(UNUSED_ACKNOWLEDGEMENT, entry, entry.field, problem, 'remove the entry'),
      },
    ];
  });
}

function ofEntry(source: BuiltIn, entry: FileAcknowledgement, field: string, problem: string, fix: string): Finding {
  const object = { apiVersion: 'cdk8s-patterns', kind: 'Acknowledgement', name: entry.id };
  return { id: source.id, severity: source.severity, object, field, problem, fix };
}
