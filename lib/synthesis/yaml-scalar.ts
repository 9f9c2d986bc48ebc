/**
 * How the `yaml` package writes a text of one line, if every version of it that some cdk8s brings along agrees; undefined for
 * all others. Sure is what can be printed, without emoji and what ends a line in some alphabets.
 */
export class ScalarTexts {
  private readonly values = new Map<string, string>();
  private readonly keys = new Map<string, string>();

  /** As the value of a key, or the item of a list. */
  public value(text: string): string | undefined {
    return this.values.get(text) ?? keep(this.values, text, oneLine(text));
  }

  /** As a key, with its colon. */
  public key(text: string): string | undefined {
    return this.keys.get(text) ?? keep(this.keys, text, keyOf(text));
  }
}

/** More than most apps have; what was forgotten is found anew. */
const MOST_KEPT = 20_000;
/** Longer texts hardly ever come twice. */
const LONGEST_KEPT = 100;

function keep(texts: Map<string, string>, text: string, line: string | undefined): string | undefined {
  if (line === undefined || text.length > LONGEST_KEPT) return line;
  if (texts.size >= MOST_KEPT) texts.clear();
  texts.set(text, line);
  return line;
}

const PRINTABLE = /^[ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;
/** What YAML's own signs do not let stand without quotes. */
const SIGNS = /^[ ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-] |: | #|[ :]$/;
/** What begins like a word or a number that YAML 1.1 may read as something else than a text. */
const PERHAPS_TYPED = /^[-+.0-9~=<yntfoeYNTFOE]|^$/;
const WORDS = [
  /y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF/,
  /~|null|Null|NULL|/,
];
const NUMBERS = [
  /[-+]?0b[01_]+/,
  /[-+]?0x[0-9a-fA-F_]+/,
  /[-+]?[0-9][0-9_]*/,
  /[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*/,
  /[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+/,
];
const TIMES = [
  /[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?/,
  /[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|T| +)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?: *(?:Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?/,
];
const TYPED = whole([...WORDS, ...NUMBERS, ...TIMES]);
/** Here the versions differ. */
const DISPUTED = whole([/[yn]|yes|no|true|false|on|off|null/, /[-+.]*(?:inf|nan)/, /<<|=/], 'i');

function whole(patterns: readonly RegExp[], flags?: string): RegExp {
  return new RegExp(`^(?:${patterns.map(({ source }) => source).join('|')})$`, flags);
}

function oneLine(text: string): string | undefined {
  if (!PRINTABLE.test(text)) return undefined;
  if (SIGNS.test(text)) return quoted(text);
  if (!PERHAPS_TYPED.test(text)) return text;
  if (TYPED.test(text)) return quoted(text);
  return DISPUTED.test(text) ? undefined : text;
}

/** In the quotes within which nothing has to be escaped, if there are such. */
function quoted(text: string): string {
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
}

/** From 1024 characters on, a key is written in another form. */
const LONGEST_KEY = 1000;
const DOCUMENT_MARK = /^(?:%|---|\.\.\.)/;

function keyOf(text: string): string | undefined {
  if (text.length > LONGEST_KEY || DOCUMENT_MARK.test(text)) return undefined;
  const line = oneLine(text);
  return line === undefined ? undefined : `${line}:`;
}

const LINES = /^[!-~\u00a1-\u167f][ -~\n\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;
const SURE_END = /[!-~\u00a1-\u167f]\n?$/;

/** A text of several lines as a block whose lines are indented; undefined where it begins or ends with space, or cannot be printed. */
export function block(text: string, indent: string): string | undefined {
  if (!LINES.test(text) || !SURE_END.test(text)) return undefined;
  const isClipped = text.endsWith('\n');
  const lines = (isClipped ? text.slice(0, -1) : text).replace(/\n+/g, `$&${indent}`);
  return `|${isClipped ? '' : '-'}\n${indent}${lines}`;
}
