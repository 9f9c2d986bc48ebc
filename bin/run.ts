import { TOOL, toolVersion } from '../lib/validation/tool';
import { check } from './check';
import { explain } from './explain';
import { reach } from './reach';
import { rules } from './rules';
import { BadUsage, Exit, type Terminal } from './terminal';

/** One command of the command line. */
interface Command {
  readonly run: (args: readonly string[], terminal: Terminal) => Exit;
  readonly summary: string;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  check: { run: check, summary: 'judge manifests, whoever wrote them' },
  explain: { run: explain, summary: 'tell what a workload will do: start, roll-out, stop, drain' },
  reach: { run: reach, summary: 'tell who may connect to whom, by all network policies' },
  rules: { run: rules, summary: 'list all rules, or explain one' },
};

const HELP = `usage: ${TOOL} <command> [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
  .join('\n')}

${TOOL} <command> --help tells more. ${TOOL} --version prints the version.
`;

/** Runs a command line, without the name of the program, and gives the exit code. */
export function run(args: readonly string[], terminal: Terminal): Exit {
  const [name = '', ...rest] = args;
  if (name === '--version') {
    terminal.out(`${toolVersion()}\n`);
    return Exit.CLEAN;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.out(HELP);
    return Exit.CLEAN;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    terminal.error(
      name === '' ? HELP : `${TOOL}: \`${name}\` is no command; use ${Object.keys(COMMANDS).join(', ')}\n`,
    );
    return Exit.BAD_INPUT;
  }
  try {
    return command.run(rest, terminal);
  } catch (error) {
    if (!(error instanceof BadUsage)) throw error;
    terminal.error(`${TOOL} ${name}: ${error.message}\n`);
    return Exit.BAD_INPUT;
  }
}
