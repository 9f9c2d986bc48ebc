import { formatReference } from '../../findings/object-reference';
import { type LocatedFinding, openFindings, type Report, reaches, type Unreadable } from '../report';
import { TOOL } from '../tool';

/**
 * For the test pages of CI servers: a suite for each file, a case for each finding; what does not fail the check passes and is told of.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitReport(report: Report): string {
  const open = openFindings(report);
  const byFile = new Map<string, string[]>(
    [...report.files, ...open.map(({ file }) => file)].map((file) => [file, []]),
  );
  for (const one of report.unreadable) byFile.set(one.file, [...(byFile.get(one.file) ?? []), unreadable(one)]);
  for (const found of open) byFile.get(found.file)?.push(testCase(found, report));
  const suites = [...byFile].map(([file, cases]) => suite(file, cases));
  const failures = open.filter(({ finding }) => reaches(finding.severity, report.failOn)).length;
  const head = `tests="${suites.reduce((sum, { tests }) => sum + tests, 0)}" failures="${failures}" errors="${report.unreadable.length}"`;
  const body = suites.map(({ xml }) => xml).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${TOOL}" ${head}>\n${body}</testsuites>\n`;
}

function suite(file: string, cases: readonly string[]): { readonly tests: number; readonly xml: string } {
  const all = cases.length === 0 ? [`    <testcase classname="${escaped(file)}" name="nothing found"/>\n`] : cases;
  const count = (part: string) => all.filter((one) => one.includes(`<${part} `)).length;
  const counts = `tests="${all.length}" failures="${count('failure')}" errors="${count('error')}"`;
  return { tests: all.length, xml: `  <testsuite name="${escaped(file)}" ${counts}>\n${all.join('')}  </testsuite>\n` };
}

function testCase({ finding, file, line }: LocatedFinding, { failOn }: Report): string {
  const { id, severity, object, field, problem, fix } = finding;
  const text = escaped(`${file}:${line}\n${field}: ${problem}\nfix: ${fix}`);
  const outcome = reaches(severity, failOn)
    ? `<failure type="${severity}" message="${escaped(problem)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  // GitLab keeps one case of those that have one name
  const name = escaped(`${id} ${formatReference(object)} ${field}`);
  return `    <testcase classname="${escaped(file)}" name="${name}" file="${escaped(file)}" line="${line}">\n      ${outcome}\n    </testcase>\n`;
}

function unreadable({ file, line, problem }: Unreadable): string {
  const text = escaped(`${file}:${line ?? 1}\n${problem}`);
  const outcome = `<error type="unreadable" message="${escaped(problem)}">${text}</error>`;
  const name = line === undefined ? 'unreadable' : `unreadable at line ${line}`;
  return `    <testcase classname="${escaped(file)}" name="${name}" file="${escaped(file)}">\n      ${outcome}\n    </testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML, which has no way to write most control characters. */
function escaped(text: string): string {
  const plain = text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
  return plain.replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}
