import { parseArgs } from 'node:util';
import { listed } from '../lib/findings/format';
import { RULES, type Rule } from '../lib/rules';
import { parseTarget, type ReadTarget } from '../lib/validation/files/target-text';
import { BadUsage } from './terminal';

/** Which options there are: with a value, or without. */
export type OptionTypes = Readonly<Record<string, 'text' | 'flag'>>;

/** What was given. */
export interface Options {
  readonly text: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  /** What is no option. */
  readonly rest: readonly string[];
}

/** Reads the options of a command; refuses what it does not know, and what is given twice. */
export function readOptions(args: readonly string[], types: OptionTypes): Options {
  const options = Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      { type: type === 'text' ? ('string' as const) : ('boolean' as const), multiple: true },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const given = (name: string): readonly (string | boolean)[] =>
      (values[name] as (string | boolean)[] | undefined) ?? [];
    for (const name of Object.keys(types)) {
      if (types[name] === 'text' && given(name).length > 1) throw new BadUsage(`--${name} is given twice; use commas`);
    }
    return {
      text: (name) => given(name)[0] as string | undefined,
      flag: (name) => given(name)[0] === true,
      rest: positionals,
    };
  } catch (error) {
    if (error instanceof BadUsage) throw error;
    const [message = ''] = (error as Error).message.split(/\. (?:To|Did)/);
    throw new BadUsage(`${message.replace(/^U/, 'u').replace(/^O/, 'o')}; see --help`);
  }
}

/** The target that an option describes. */
export function targetOption(text: string | undefined): ReadTarget {
  try {
    return parseTarget(text ?? '');
  } catch (error) {
    throw new BadUsage(`--target: ${(error as Error).message.replace(/^target: /, '')}`);
  }
}

/** The rules that an option names; undefined where it is not given. */
export function ruleOption(name: string, text: string | undefined): readonly Rule[] | undefined {
  if (text === undefined) return undefined;
  const ids = text.split(',').flatMap((id) => id.trim() || []);
  if (ids.length === 0) throw new BadUsage(`--${name} names no rule`);
  return ids.map((id) => ruleOf(id, `--${name}: `));
}

/** The rule of an id. */
export function ruleOf(id: string, where = ''): Rule {
  const rule = RULES.find((one) => one.id === id);
  if (rule !== undefined) return rule;
  const near = RULES.filter((one) => one.id.endsWith(`/${id}`) || one.id.startsWith(id) || one.id.includes(`/${id}`));
  const names =
    near.length === 0 ? '`cdk8s-patterns rules` lists them' : `did you mean ${listed(near.map((one) => one.id))}?`;
  throw new BadUsage(`${where}\`${id}\` is no rule; ${names}`);
}

/** One of several words. */
export function wordOption<W extends string>(
  name: string,
  text: string | undefined,
  words: readonly W[],
  missing: W,
): W {
  if (text === undefined) return missing;
  const word = words.find((one) => one === text);
  if (word === undefined) throw new BadUsage(`--${name}: \`${text}\` is none of ${words.join(', ')}`);
  return word;
}
