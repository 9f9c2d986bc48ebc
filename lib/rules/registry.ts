import { graceTooShort } from './app/grace-too-short';
import { servedWithoutReadiness } from './app/served-without-readiness';
import { budgetBlocksDrain } from './availability/budget-blocks-drain';
import type { Rule } from './rule';

/** Every rule, in the order of its id. */
export const RULES: readonly Rule[] = [graceTooShort, servedWithoutReadiness, budgetBlocksDrain];

/** Ids that were given up. They are never used again: an old acknowledgement must not silence something new. */
export const RETIRED_IDS: readonly string[] = [];
