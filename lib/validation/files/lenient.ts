// What the quick parser refuses; loaded only then.
import { isCollection, isMap, isScalar, isSeq, type Node, parseDocument, type Tags, visit } from 'yaml';
import { type Offsets, step } from './paths';
import { YamlProblem } from './yaml-problem';

const BOOL = { tag: 'tag:yaml.org,2002:bool', default: true };
const YES = { ...BOOL, test: /^(?:y|Y|yes|Yes|YES|on|On|ON)$/, resolve: () => true };
const NO = { ...BOOL, test: /^(?:n|N|no|No|NO|off|Off|OFF)$/, resolve: () => false };

/** The value of a document as Kubernetes would read it; `strict` is why the quick parser refused it. */
export function parseLeniently(text: string, strict: YamlProblem): unknown {
  try {
    const customTags = (tags: Tags) => [...tags, YES, NO];
    const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'error', customTags });
    const [error] = document.errors;
    if (error !== undefined) throw new YamlProblem(error.message, error.pos[0]);
    visit(document, { Pair: (_, { key }) => refuseCollection(key) });
    return document.toJS();
  } catch (error) {
    // too deep, or too many aliases
    throw error instanceof YamlProblem ? error : strict;
  }
}

function refuseCollection(key: unknown): void {
  if (!isCollection(key)) return;
  throw new YamlProblem('a key must be a text, and is a map or a list', key.range?.[0] ?? 0);
}

/** Where the fields of such a document stand. */
export function lenientOffsets(text: string): Offsets {
  const offsets = new Map<string, number>();
  walk(parseDocument(text).contents, '', offsets);
  return offsets;
}

function walk(node: unknown, path: string, offsets: Map<string, number>, at?: number): void {
  const start = at ?? (node as Node | null)?.range?.[0];
  if (start !== undefined) offsets.set(path, start);
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) walk(item, `${path}[${index}]`, offsets);
  }
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    if (isScalar(key)) walk(value, path + step(String(key.value)), offsets, key.range?.[0]);
  }
}
