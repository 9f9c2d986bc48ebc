import { RULES, type Rule } from '../rules';
import { BUILT_INS, type BuiltIn } from './built-in';

/** Every finding that there may be, in the order of its id: those of rules, and those that come from the run itself. */
export const CATALOGUE: readonly (Rule | BuiltIn)[] = [...RULES, ...BUILT_INS].sort((one, other) =>
  one.id < other.id ? -1 : 1,
);

/** What may be found under an id. */
export function catalogued(id: string): Rule | BuiltIn | undefined {
  return CATALOGUE.find((one) => one.id === id);
}

/** Why it is looked for, on one line. */
export function whyOf({ why }: BuiltIn): string {
  return why.replace(/\n/g, ' ');
}

/** The first sentence of that. */
export function shortWhyOf(finding: BuiltIn): string {
  return whyOf(finding).split(/(?<=\.) /)[0] ?? '';
}
