import type { Rule } from '../lib/rules';
import { BUILT_INS, type BuiltIn } from '../lib/validation/built-in';
import { CATALOGUE, shortWhyOf, whyOf } from '../lib/validation/catalogue';
import { builtInPage, exampleFindings, rulePage } from '../lib/validation/files/rule-page';
import { readOptions, ruleOf, wordOption } from './options';
import { BadUsage, Exit, type Terminal } from './terminal';

const HELP = `usage: cdk8s-patterns rules [--format text|json] [ID]

Lists all rules and what the check itself may find, or tells of one why it is there, what it finds, and how to mend it.
`;

/** `cdk8s-patterns rules` */
export function rules(args: readonly string[], terminal: Terminal): Exit {
  const options = readOptions(args, { format: 'text', help: 'flag' });
  if (options.flag('help')) {
    terminal.out(HELP);
    return Exit.CLEAN;
  }
  const format = wordOption('format', options.text('format'), ['text', 'json'], 'text');
  const [id, ...more] = options.rest;
  if (more.length > 0) throw new BadUsage('name one rule, or none for the list');
  const chosen = id === undefined ? undefined : (BUILT_INS.find((one) => one.id === id) ?? ruleOf(id));
  terminal.out(format === 'json' ? asJson(chosen) : chosen === undefined ? list() : page(chosen));
  return Exit.CLEAN;
}

function list(): string {
  const width = Math.max(...CATALOGUE.map(({ id }) => id.length));
  return CATALOGUE.map(
    (finding) => `${finding.severity.padEnd(7)}  ${finding.id.padEnd(width)}  ${shortWhyOf(finding)}\n`,
  ).join('');
}

function page(chosen: Rule | BuiltIn): string {
  return 'check' in chosen ? rulePage(chosen) : builtInPage(chosen);
}

function asJson(chosen: Rule | BuiltIn | undefined): string {
  return `${JSON.stringify(chosen === undefined ? CATALOGUE.map(head) : whole(chosen), undefined, 2)}\n`;
}

function head(chosen: Rule | BuiltIn): object {
  const { id, severity } = chosen;
  const own = 'check' in chosen ? { since: chosen.since, sources: chosen.sources } : {};
  return { id, severity, why: whyOf(chosen), ...own };
}

function whole(chosen: Rule | BuiltIn): object {
  if (!('check' in chosen)) return head(chosen);
  return { ...head(chosen), bad: chosen.bad.trim(), good: chosen.good.trim(), findings: exampleFindings(chosen) };
}
