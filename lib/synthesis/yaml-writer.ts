import { Yaml } from 'cdk8s';
import { block, ScalarTexts } from './yaml-scalar';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes documents as cdk8s does, byte for byte, in a fraction of its time (ADR 19).
 *
 * It knows what manifests are made of. A document with anything else in it, or with a text that is not written alike by all
 * versions of the `yaml` package, is left to cdk8s as a whole.
 */
export class YamlWriter {
  private readonly scalars = new ScalarTexts();
  /** What the document holds so far; `yaml` writes what comes twice as an alias. */
  private readonly seen = new Set<unknown>();
  private isSure = true;

  /** The text of one document. */
  public document(document: unknown): string {
    this.isSure = isFields(document) && Object.keys(document).length > 0;
    this.seen.clear();
    const text = this.isSure ? this.map(document as Fields, Object.keys(document as Fields), 0) : '';
    return this.isSure ? `${text}\n` : Yaml.stringify(document);
  }

  /** The entries of a map; the first one goes on in the line in which it is put. */
  private map(map: Fields, keys: readonly string[], depth: number): string {
    this.see(map);
    let text = '';
    let separator = '';
    for (const name of keys) {
      text += separator + this.sure(this.scalars.key(name)) + this.behindKey(map[name], depth);
      separator = newline(depth);
    }
    return text;
  }

  /** The items of a list, likewise. */
  private list(list: readonly unknown[], depth: number): string {
    this.see(list);
    let text = '';
    let separator = '- ';
    for (const item of list) {
      text += separator + this.behindDash(item, depth);
      separator = `${newline(depth)}- `;
    }
    return text;
  }

  private behindKey(value: unknown, depth: number): string {
    const text = this.behindDash(value, depth);
    return typeof value === 'object' && text !== '{}' && text !== '[]' ? newline(depth + 1) + text : ` ${text}`;
  }

  private behindDash(value: unknown, depth: number): string {
    if (typeof value !== 'object' || value === null) return this.inLine(value, depth + 1);
    if (Array.isArray(value)) return value.length === 0 ? this.empty(value, '[]') : this.list(value, depth + 1);
    const keys = Object.keys(value);
    return keys.length === 0 ? this.empty(value, '{}') : this.map(value as Fields, keys, depth + 1);
  }

  private empty(value: object, text: string): string {
    this.see(value);
    return text;
  }

  /** What begins in the line of its key or dash. */
  private inLine(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'string':
        return this.sure(value.includes('\n') ? block(value, newline(depth).slice(1)) : this.scalars.value(value));
      case 'boolean':
        return value ? 'true' : 'false';
      case 'number':
        return this.sure(numeral(value));
      default:
        return this.sure(undefined);
    }
  }

  private see(value: unknown): void {
    if (this.seen.has(value) || !(Array.isArray(value) || isFields(value))) this.isSure = false;
    this.seen.add(value);
  }

  private sure(text: string | undefined): string {
    if (text === undefined) this.isSure = false;
    return text ?? '';
  }
}

const NEWLINES: string[] = [];

/** The end of a line and the indentation of the next. */
function newline(depth: number): string {
  NEWLINES[depth] ??= `\n${'  '.repeat(depth)}`;
  return NEWLINES[depth];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The versions do not agree on what stands behind an `e`, nor on the sign of zero. */
function numeral(value: number): string | undefined {
  const text = String(value);
  return Number.isFinite(value) && !text.includes('e') && !Object.is(value, -0) ? text : undefined;
}
