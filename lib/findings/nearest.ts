import { listed } from './format';

/** Of more names than these none is guessed: it would take long, and more than one would be close. */
const MANY = 300;

/** What to write instead of a name that does not exist: the one that a slip of the pen explains, else one of all. */
export function oneOf(names: readonly string[], instead: string): string {
  const known = names.length > MANY ? [] : names;
  const close = known.filter((name) => slips(name, instead) <= (instead.length < 5 ? 1 : 2));
  const [only] = names.length === 1 ? names : close;
  return only !== undefined && close.length < 2 ? only : `one of ${listed(names)}`;
}

/** How many letters have to be added, removed or replaced; more than 2 are not counted. */
function slips(one: string, other: string, left = 2): number {
  if (one === other) return 0;
  if (left === 0 || Math.abs(one.length - other.length) > left) return 3;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const [a, b] = [one.slice(same), other.slice(same)];
  const rests: readonly (readonly [string, string])[] = [
    [a.slice(1), b],
    [a, b.slice(1)],
    [a.slice(1), b.slice(1)],
  ];
  return 1 + Math.min(...rests.map(([x, y]) => slips(x, y, left - 1)));
}
