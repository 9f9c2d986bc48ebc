import { Reachability } from '../lib/validation/reachability';
import { readInput } from './input';
import { readOptions, targetOption, wordOption } from './options';
import { BadUsage, Exit, type Terminal } from './terminal';

const HELP = `usage: cdk8s-patterns reach [--from END] [--to END] [--port PORT[/PROTOCOL]] [--staged] [--target TEXT] [--format text|json] PATH

Tells who may connect to whom, by all network policies together: of Kubernetes, of Calico, of the cluster's administrators. END is namespace/name of
a workload, the name of a HostEndpoint, or an address. With --from, --to and --port it answers one question, and ends with 1 if the connection is denied.
`;

/** `cdk8s-patterns reach` */
export function reach(args: readonly string[], terminal: Terminal): Exit {
  const types = {
    from: 'text',
    to: 'text',
    port: 'text',
    staged: 'flag',
    target: 'text',
    format: 'text',
    help: 'flag',
  } as const;
  const options = readOptions(args, types);
  if (options.flag('help')) {
    terminal.out(HELP);
    return Exit.CLEAN;
  }
  const format = wordOption('format', options.text('format'), ['text', 'json'], 'text');
  const { target } = targetOption(options.text('target'));
  if (options.rest.length === 0) throw new BadUsage('name files or folders');
  const files = readInput(options.rest, terminal, true);
  const unreadable = files.flatMap((file) => file.unreadable);
  for (const { file, line, problem } of unreadable) terminal.error(`${file}:${line ?? 1}: ${problem}\n`);
  if (unreadable.length > 0) return Exit.BAD_INPUT;
  const sources = files.flatMap(({ documents }) => documents).map(({ value }) => ({ manifest: value, target }));
  const reachability = Reachability._of(sources, { staged: options.flag('staged') });
  const [from, to] = [options.text('from'), options.text('to')];
  const asked = options.text('port');
  if (from !== undefined && to !== undefined && asked !== undefined) {
    const { port, protocol } = portOf(asked);
    const answer = asking(() => reachability.explain(from, to, port, protocol));
    terminal.out(format === 'json' ? `${JSON.stringify(answer, undefined, 2)}\n` : sentence(answer));
    return answer.isAllowed ? Exit.CLEAN : Exit.FINDINGS;
  }
  const isMeant = (one: { source: string; destination: string; port: number; protocol: string }) =>
    (from === undefined || one.source === from) &&
    (to === undefined || one.destination === to) &&
    (asked === undefined || `${one.port}/${one.protocol}` === `${portOf(asked).port}/${portOf(asked).protocol}`);
  const all = reachability.all().filter(isMeant);
  if (format === 'json') terminal.out(`${JSON.stringify(all, undefined, 2)}\n`);
  else if (from === undefined && to === undefined && asked === undefined) terminal.out(reachability.table());
  else terminal.out(all.map(sentence).join(''));
  return Exit.CLEAN;
}

function asking<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new BadUsage((error as Error).message.replace(/^Reachability: /, ''));
  }
}

function portOf(text: string): { port: number; protocol: string } {
  const match = /^(\d{1,5})(?:\/(tcp|udp|sctp))?$/i.exec(text);
  if (match === null || Number(match[1]) < 1 || Number(match[1]) > 65535) {
    throw new BadUsage(`--port: \`${text}\` is no port; use 8080 or 53/udp`);
  }
  return { port: Number(match[1]), protocol: (match[2] ?? 'tcp').toUpperCase() };
}

function sentence(one: ReturnType<Reachability['explain']>): string {
  const { source, destination, port, protocol, isAllowed, egress, ingress } = one;
  const why = [egress, ingress].filter((part) => part !== '').join(', ') || 'no policy looks at it';
  return `${source} -> ${destination}:${port}/${protocol} ${isAllowed ? 'is allowed' : 'is denied'}: ${why}\n`;
}
