import { boolYaml11Tag, CORE_SCHEMA, loadAll, mergeTag, YAMLException } from 'js-yaml';
import type * as Lenient from './lenient';
import { YamlProblem } from './yaml-problem';

// it takes longer to load than most files take to read
const parseLeniently: typeof Lenient.parseLeniently = (...args) =>
  (require('./lenient') as typeof Lenient).parseLeniently(...args);

/** As Kubernetes reads YAML: merge keys count, and `yes` is true. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag, boolYaml11Tag);

/** Beyond this a document is not read: it would take hundreds of megabytes. That is room for a list of ten thousand objects. */
const MOST_SEPARATORS = 1_000_000;
/** Beyond this the lenient parser takes too long and too much memory. */
const MOST_LENIENT = 1_000_000;
const MOST_VALUES = 1_000_000;
const DEEPEST = 200;
const TOO_DEEP = `nested to ${DEEPEST} levels or more`;

/**
 * The value of a document.
 *
 * The quick parser keeps to the letter of YAML 1.2; what it refuses the lenient one may take, as Kubernetes does: a closing bracket below its key, for example.
 */
export function parse(text: string): readonly unknown[] {
  if (text.length > MOST_SEPARATORS && separatorsIn(text) > MOST_SEPARATORS) {
    throw new YamlProblem('a document of more than half a million values; split it', 0);
  }
  const values = valuesOf(text);
  if (text.includes('*')) values.forEach(refuseBomb);
  return values;
}

function valuesOf(text: string): readonly unknown[] {
  try {
    return loadAll(text, { schema: SCHEMA, maxDepth: DEEPEST });
  } catch (error) {
    const strict = toProblem(error);
    // the lenient parser would go on to the end of the stack
    if (text.length > MOST_LENIENT || strict.message === TOO_DEEP) throw strict;
    return [parseLeniently(text, strict)];
  }
}

/** An upper bound of twice the number of values. */
function separatorsIn(text: string): number {
  return text.match(/[\n:,[{]/g)?.length ?? 0;
}

function toProblem(error: unknown): YamlProblem {
  if (!(error instanceof YAMLException)) return new YamlProblem(String(error), 0);
  const isTooDeep = error.reason.startsWith('nesting exceeded');
  return new YamlProblem(isTooDeep ? TOO_DEEP : error.reason, error.mark?.position ?? 0);
}

/** Aliases cost nothing to keep, but everything to walk: refuses a document that would be too large without them. */
function refuseBomb(value: unknown): void {
  const sizes = new Map<object, number>();
  const size = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    sizes.set(node, Number.POSITIVE_INFINITY);
    const total = Object.values(node).reduce<number>((sum, child) => sum + size(child), 1);
    sizes.set(node, total);
    return total;
  };
  if (size(value) > MOST_VALUES) {
    throw new YamlProblem(`its aliases stand for more than ${MOST_VALUES.toLocaleString('en')} values`, 0);
  }
}
