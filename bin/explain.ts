import { type WorkloadFact, World } from '../lib/facts';
import { shown } from '../lib/validation/reports/text';
import { explainDrain } from './explain/drain';
import type { Event, Explanation } from './explain/explanation';
import { explainRollout } from './explain/rollout';
import { explainStart } from './explain/start';
import { explainStop } from './explain/stop';
import { readInput } from './input';
import { readOptions, targetOption, wordOption } from './options';
import { BadUsage, Exit, type Terminal } from './terminal';

const HELP = `usage: cdk8s-patterns explain [--target TEXT] [--format text|json] PATH [OBJECT]

Tells of a workload what will happen and when, and from which fields that follows. OBJECT is a name, namespace/name, or Kind/name.
`;

/** `cdk8s-patterns explain` */
export function explain(args: readonly string[], terminal: Terminal): Exit {
  const options = readOptions(args, { target: 'text', format: 'text', help: 'flag' });
  if (options.flag('help')) {
    terminal.out(HELP);
    return Exit.CLEAN;
  }
  const format = wordOption('format', options.text('format'), ['text', 'json'], 'text');
  const { target } = targetOption(options.text('target'));
  const [path, object, ...more] = options.rest;
  if (path === undefined || more.length > 0) throw new BadUsage('name one path, and perhaps one object');
  const files = readInput([path], terminal, true);
  const unreadable = files.flatMap((file) => file.unreadable);
  for (const { file, line, problem } of unreadable) terminal.error(`${file}:${line ?? 1}: ${problem}\n`);
  const documents = files.flatMap((file) => file.documents);
  const world = new World(documents.map(({ value }) => ({ manifest: value, target })));
  const workloads = world.workloads.filter((workload) => object === undefined || isNamed(workload, object));
  if (workloads.length === 0) throw new BadUsage(noneIn(path, object, world.workloads));
  const explanations = workloads.map((workload) => explanationOf(workload, world));
  terminal.out(
    format === 'json' ? `${JSON.stringify(explanations, undefined, 2)}\n` : explanations.map(asText).join('\n'),
  );
  return unreadable.length > 0 ? Exit.BAD_INPUT : Exit.CLEAN;
}

/** What there is to tell of a workload. */
export function explanationOf(workload: WorkloadFact, world: World): Explanation {
  const { apiVersion, kind, namespace, name } = workload;
  return {
    object: { apiVersion, kind, namespace, name },
    start: explainStart(workload),
    rollout: explainRollout(workload, world),
    stop: explainStop(workload, world),
    drain: explainDrain(workload, world),
  };
}

function isNamed({ kind, namespace, name }: WorkloadFact, object: string): boolean {
  const forms = [
    name,
    `${namespace}/${name}`,
    `${kind}/${name}`,
    `${kind}/${namespace}/${name}`,
    `${kind} ${namespace}/${name}`,
  ];
  return forms.some((form) => form.toLowerCase() === object.toLowerCase());
}

function noneIn(path: string, object: string | undefined, workloads: readonly WorkloadFact[]): string {
  const names = workloads.map(({ kind, name }) => `${kind}/${name}`);
  if (names.length === 0) return `there is no workload in ${path}`;
  return `there is no workload \`${object}\` in ${path}; there are ${names.join(', ')}`;
}

const SECTIONS = ['start', 'rollout', 'stop', 'drain'] as const;

function asText(explanation: Explanation): string {
  const { kind, namespace, name } = explanation.object;
  const sections = SECTIONS.map((section) => `\n${section}\n${explanation[section].map(line).join('')}`);
  return `${shown(`${kind} ${namespace}/${name}`)}\n${sections.join('')}`;
}

function line({ at, what, because }: Event): string {
  const reasons = because.map(({ field, value, isDefault }) =>
    shown(`${field} = ${value}${isDefault ? ' (default)' : ''}`),
  );
  const head = `  ${(at ?? '').padEnd(10)}  ${shown(what)}\n`;
  return head + reasons.map((reason) => `                ${reason}\n`).join('');
}
