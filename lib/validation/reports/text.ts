import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import { formatReference } from '../../findings/object-reference';
import {
  type LocatedFinding,
  openFindings,
  type Report,
  summaryOf,
  type Unreadable,
  type WriteOptions,
} from '../report';

const RED = 31;
const YELLOW = 33;
const CYAN = 36;
const DIM = 2;

const COLORS: Readonly<Record<Severity, number>> = {
  [Severity.ERROR]: RED,
  [Severity.WARNING]: YELLOW,
  [Severity.DRAFT]: CYAN,
};

/** For people: a block for each finding, then the sum. */
export function textReport(report: Report, { color = false, quiet = false }: WriteOptions): string {
  const paint = (code: number, text: string) => (color ? `\u001B[${code}m${text}\u001B[0m` : text);
  const blocks = [
    ...report.unreadable.map((one) => `${placeOf(one)}  ${paint(RED, 'unreadable')}  ${shown(one.problem)}\n`),
    ...openFindings(report).map((found) => block(found, paint)),
  ];
  return [...blocks, ...(quiet ? [] : [sum(report)])].join('\n');
}

function block({ finding, file, line }: LocatedFinding, paint: (code: number, text: string) => string): string {
  const { id, severity, object, field, problem, fix } = finding;
  const head = `${shown(file)}:${line}  ${paint(COLORS[severity], severity)}  ${id}  ${shown(formatReference(object))}`;
  return `${head}\n  ${paint(DIM, shown(field))}: ${shown(problem)}\n  fix: ${shown(fix)}\n`;
}

/** What others wrote, with control characters as one would write them: they must not steer the terminal. */
export function shown(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function placeOf({ file, line, column }: Unreadable): string {
  return [shown(file), ...(line === undefined ? [] : [line]), ...(column === undefined ? [] : [column])].join(':');
}

/** The numbers in one line. */
export function sum(report: Report): string {
  const { files, objects, errors, warnings, acknowledged } = summaryOf(report);
  const parts = [
    `${counted(objects, 'object')} in ${counted(files, 'file')}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
    ...(acknowledged === 0 ? [] : [`${acknowledged} acknowledged`]),
    ...(report.others === 0 ? [] : [`${counted(report.others, 'document')} of other kinds`]),
    ...(report.unreadable.length === 0 ? [] : [`${report.unreadable.length} unreadable`]),
  ];
  return `${parts.join(', ')}\n`;
}
