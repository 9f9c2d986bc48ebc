import { writeFileSync } from 'node:fs';
import { Severity } from '../lib/findings';
import { RULES } from '../lib/rules';
import {
  ACKNOWLEDGEMENTS,
  AcknowledgementFile,
  BadAcknowledgementFile,
  isOver,
  today,
} from '../lib/validation/files/acknowledgement-file';
import { checkFiles } from '../lib/validation/files/check-files';
import { hasFailed, type Report } from '../lib/validation/report';
import { FORMATS, write } from '../lib/validation/reports';
import { sum } from '../lib/validation/reports/text';
import { readInput } from './input';
import { type Options, readOptions, ruleOption, targetOption, wordOption } from './options';
import { BadUsage, Exit, type Terminal } from './terminal';

const HELP = `usage: cdk8s-patterns check [options] PATH...

Judges files, folders (all .yaml, .yml and .json below them) and - (stdin) as one world.

  --target TEXT      the cluster: kubernetes=1.33,nodes=6,istio=1.30,calico=3.31,
                    data-plane=iptables,disposable=true
  --fail-on WORD     error (default) or warning: the mildest severity that ends with 1
  --format WORD      text (default), json, sarif, gitlab (Code Quality), junit
  --output FILE      write the report to FILE, and the sum to stderr
  --rules ID,...     ask these rules alone
  --skip ID,...      leave these rules out; each needs a reason under \`skip:\` in the acknowledgement file
  --acknowledgements FILE   what is accepted, and why; default .cdk8s-patterns.yaml where it is there
  --quiet            findings alone: no sum, no progress, no notes

Ends with 0 if clean, 1 if there are findings at or above the threshold, 2 if something was asked or given that cannot be read.
`;

/** `cdk8s-patterns check` */
export function check(args: readonly string[], terminal: Terminal): Exit {
  const options = readOptions(args, {
    target: 'text',
    'fail-on': 'text',
    format: 'text',
    output: 'text',
    rules: 'text',
    skip: 'text',
    acknowledgements: 'text',
    quiet: 'flag',
    help: 'flag',
  });
  if (options.flag('help')) {
    terminal.out(HELP);
    return Exit.CLEAN;
  }
  const quiet = options.flag('quiet');
  const format = wordOption('format', options.text('format'), FORMATS, 'text');
  const failOn = wordOption('fail-on', options.text('fail-on'), [Severity.ERROR, Severity.WARNING], Severity.ERROR);
  const { target, unused } = targetOption(options.text('target'));
  const day = today();
  const acknowledgements = readAcknowledgements(options.text('acknowledgements'));
  const rules = chosenRules(options, acknowledgements, day);
  if (!quiet) for (const key of unused) terminal.error(`note: no rule of this version asks for the target's ${key}\n`);
  const files = readInput(options.rest, terminal, quiet);
  const report = checkFiles(files, { target, rules, acknowledgements, failOn, today: day });
  deliver(report, write(report, format, { color: terminal.color, quiet }), options.text('output'), terminal, quiet);
  if (report.unreadable.length > 0) return Exit.BAD_INPUT;
  return hasFailed(report) ? Exit.FINDINGS : Exit.CLEAN;
}

function deliver(report: Report, text: string, output: string | undefined, terminal: Terminal, quiet: boolean): void {
  if (output === undefined) {
    terminal.out(text);
    return;
  }
  try {
    writeFileSync(output, text);
  } catch (error) {
    throw new BadUsage(`--output: ${(error as Error).message}`);
  }
  if (!quiet) terminal.error(sum(report));
}

function readAcknowledgements(file: string | undefined): AcknowledgementFile {
  try {
    return AcknowledgementFile.read(file);
  } catch (error) {
    throw new BadUsage(
      `${error instanceof BadAcknowledgementFile ? '' : '--acknowledgements: '}${(error as Error).message}`,
    );
  }
}

/** The rules that are asked; one that is left out needs a reason that holds today. */
function chosenRules(options: Options, { skips }: AcknowledgementFile, day: string): typeof RULES {
  const skipped = ruleOption('skip', options.text('skip')) ?? [];
  for (const { id } of skipped) {
    const reason = skips.find((one) => one.id === id);
    if (reason === undefined) {
      throw new BadUsage(
        `--skip: ${id} needs a reason; write it to ${ACKNOWLEDGEMENTS}: skip: [{ id: ${id}, reason: ... }]`,
      );
    }
    if (isOver(reason, day))
      throw new BadUsage(`--skip: the reason to leave ${id} out held until ${reason.until}, which has passed`);
  }
  return (ruleOption('rules', options.text('rules')) ?? RULES).filter((rule) => !skipped.includes(rule));
}
