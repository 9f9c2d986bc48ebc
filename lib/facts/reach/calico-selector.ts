import { SET_BY_CONTROLLERS } from '../selector';

/** What a selector is asked about. */
export interface Labelled {
  readonly labels: Readonly<Record<string, string>>;
  /** Whether it lies in a namespace, which is what `all()` of a namespace selector asks. */
  readonly isInNamespace: boolean;
}

type Test = (labelled: Labelled) => boolean;

/**
 * A selector in Calico's own words: `app == 'web' && tier in { 'a', 'b' }`, `has(role)`, `!has(role)`, `all()`, `global()`.
 *
 * @see https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors
 */
export class CalicoSelector {
  /** From a field of a policy; empty or missing text selects everything. */
  public static parse(text: string | undefined, of: 'endpoints' | 'namespaces' = 'endpoints'): CalicoSelector {
    const written = text?.trim() ?? '';
    if (written === '') return new CalicoSelector('', () => true, [], undefined);
    try {
      const parts = tokens(written);
      return new CalicoSelector(written, new Parser(parts, of).whole(), parts, undefined);
    } catch (error) {
      return new CalicoSelector(written, () => false, [], (error as Error).message);
    }
  }

  private constructor(
    /** As it is written. */
    public readonly text: string,
    private readonly test: Test,
    private readonly parts: readonly Token[],
    /** Why it cannot be read; it selects nothing then. */
    public readonly problem: string | undefined,
  ) {}

  /** Whether nothing is written. */
  public get isMissing(): boolean {
    return this.text === '';
  }

  /** Names a label that controllers put on pods, so that no template shows whether it selects any. */
  public get seesNoTemplate(): boolean {
    return this.parts.some(({ kind, value }) => kind === 'word' && SET_BY_CONTROLLERS.includes(value));
  }

  /** The values of labels that it asks for. */
  public get values(): readonly string[] {
    return this.parts.flatMap(({ kind, value }) => (kind === 'text' ? [value] : []));
  }

  /** Whether it selects something. */
  public matches(labelled: Labelled): boolean {
    return this.test(labelled);
  }
}

const TOKEN = /^\s*(?:('[^']*'|"[^"]*")|(==|!=|&&|\|\||[(){},!])|([A-Za-z0-9_./-]+))/;

interface Token {
  readonly kind: 'text' | 'sign' | 'word';
  readonly value: string;
}

function tokens(text: string): Token[] {
  const all: Token[] = [];
  for (let rest = text; rest.trim() !== ''; ) {
    const match = TOKEN.exec(rest);
    if (match === null) throw new Error(`cannot read \`${rest.trim()}\``);
    const [whole, quoted, sign, word] = match;
    if (quoted !== undefined) all.push({ kind: 'text', value: quoted.slice(1, -1) });
    else if (sign !== undefined) all.push({ kind: 'sign', value: sign });
    else all.push({ kind: 'word', value: word ?? '' });
    rest = rest.slice(whole.length);
  }
  return all;
}

/** `or` of `and` of tests, as deep as parentheses go. */
class Parser {
  private position = 0;

  public constructor(
    private readonly tokens: readonly Token[],
    private readonly of: 'endpoints' | 'namespaces',
  ) {}

  public whole(): Test {
    const test = this.either();
    const rest = this.tokens[this.position];
    if (rest !== undefined) throw new Error(`\`${rest.value}\` is not expected there`);
    return test;
  }

  private either(): Test {
    const tests = [this.both()];
    while (this.takes('||')) tests.push(this.both());
    return tests.length === 1 ? (tests[0] as Test) : (labelled) => tests.some((test) => test(labelled));
  }

  private both(): Test {
    const tests = [this.single()];
    while (this.takes('&&')) tests.push(this.single());
    return tests.length === 1 ? (tests[0] as Test) : (labelled) => tests.every((test) => test(labelled));
  }

  private single(): Test {
    if (this.takes('!')) {
      const test = this.single();
      return (labelled) => !test(labelled);
    }
    if (this.takes('(')) {
      const test = this.either();
      this.needs(')');
      return test;
    }
    const key = this.word();
    return this.takes('(') ? this.call(key) : this.comparison(key);
  }

  private call(name: string): Test {
    const isOfNamespaces = this.of === 'namespaces';
    switch (name) {
      case 'all':
        this.needs(')');
        return isOfNamespaces ? ({ isInNamespace }) => isInNamespace : () => true;
      case 'global':
        this.needs(')');
        return isOfNamespaces ? ({ isInNamespace }) => !isInNamespace : () => true;
      case 'has': {
        const key = this.word();
        this.needs(')');
        return ({ labels }) => labels[key] !== undefined;
      }
      default:
        throw new Error(`there is no \`${name}()\``);
    }
  }

  private comparison(key: string): Test {
    if (this.takes('==')) return this.about(key, this.text(), (value, wanted) => value === wanted);
    if (this.takes('!=')) {
      const other = this.text();
      return ({ labels }) => labels[key] !== other;
    }
    const operator = this.operator();
    switch (operator) {
      case 'in': {
        const values = this.set();
        return ({ labels }) => labels[key] !== undefined && values.has(labels[key]);
      }
      case 'notin': {
        const values = this.set();
        return ({ labels }) => labels[key] === undefined || !values.has(labels[key]);
      }
      case 'contains':
        return this.about(key, this.text(), (value, wanted) => value.includes(wanted));
      case 'startswith':
        return this.about(key, this.text(), (value, wanted) => value.startsWith(wanted));
      default:
        return this.about(key, this.text(), (value, wanted) => value.endsWith(wanted));
    }
  }

  private about(key: string, wanted: string, test: (value: string, wanted: string) => boolean): Test {
    return ({ labels }) => labels[key] !== undefined && test(labels[key], wanted);
  }

  /** An operator of one or two words: `not in`, `starts with`. */
  private operator(): 'in' | 'notin' | 'contains' | 'startswith' | 'endswith' {
    const first = this.word();
    const second = this.tokens[this.position];
    const isPair = second?.kind === 'word' && ['in', 'with'].includes(second.value) && first !== 'in';
    const operator = isPair ? `${first}${second.value}` : first;
    if (isPair) this.position += 1;
    const known = ['in', 'notin', 'contains', 'startswith', 'endswith'] as const;
    const found = known.find((one) => one === operator);
    if (found === undefined) throw new Error(`\`${operator}\` is no operator`);
    return found;
  }

  private set(): ReadonlySet<string> {
    this.needs('{');
    const values = new Set<string>();
    if (this.takes('}')) return values;
    do values.add(this.text());
    while (this.takes(','));
    this.needs('}');
    return values;
  }

  private text(): string {
    const token = this.tokens[this.position];
    if (token?.kind !== 'text') throw new Error(`a text in quotes is missing before \`${token?.value ?? 'the end'}\``);
    this.position += 1;
    return token.value;
  }

  private word(): string {
    const token = this.tokens[this.position];
    if (token?.kind !== 'word') throw new Error(`a label is missing before \`${token?.value ?? 'the end'}\``);
    this.position += 1;
    return token.value;
  }

  private takes(sign: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'sign' || token.value !== sign) return false;
    this.position += 1;
    return true;
  }

  private needs(sign: string): void {
    if (!this.takes(sign)) throw new Error(`\`${sign}\` is missing`);
  }
}
