import { existsSync, readFileSync } from 'node:fs';
import type { ObjectFact } from '../../facts';
import { catalogued } from '../catalogue';
import type { Acknowledged } from '../judge';
import { documentsOf, type YamlDocument } from './documents';
import { Positions } from './positions';

/** One entry: what is accepted of which objects, and why. */
export interface FileAcknowledgement extends Acknowledged {
  /** Where it stands in the file. */
  readonly field: string;
  readonly line: number;
  /** `Deployment shop/cart-*`, as written. */
  readonly object: string;
  /** The last day on which it holds, `2027-01-31`. */
  readonly until: string | undefined;
}

/** A reason for leaving a rule out, which `--skip` asks for. */
export type SkipReason = Omit<FileAcknowledgement, 'object'>;

/** A file that is no acknowledgement file. */
export class BadAcknowledgementFile extends Error {}

/** Where it is looked for. */
export const ACKNOWLEDGEMENTS = '.cdk8s-patterns.yaml';

/** `Kind`, `Kind name` or `Kind namespace/name`. */
const PATTERN = /^[^\s/]+(?:\s+[^\s/]+(?:\/[^\s/]+)?)?$/;

const KEYS = { acknowledge: ['id', 'object', 'reason', 'until'], skip: ['id', 'reason', 'until'] } as const;

/**
 * What is accepted of YAML that one cannot edit: `.cdk8s-patterns.yaml`.
 *
 * An entry names a finding, the objects by `Kind namespace/name` with `*` for any part, a reason, and perhaps the last day on which it holds.
 */
export class AcknowledgementFile {
  /** Reads the file; throws where it says anything but what it may. */
  public static parse(file: string, content: string): AcknowledgementFile {
    const { documents, unreadable } = documentsOf(file, content);
    const [broken] = unreadable;
    if (broken !== undefined) throw new BadAcknowledgementFile(`${file}:${broken.line}: ${broken.problem}`);
    if (documents.length > 1)
      throw new BadAcknowledgementFile(`${file}: holds ${documents.length} documents, and may hold one`);
    return documents[0] === undefined ? AcknowledgementFile.none() : new Reader(documents[0]).read();
  }

  /** Reads the file that is given, or the one at the usual place if it is there. */
  public static read(given: string | undefined): AcknowledgementFile {
    const file = given ?? ACKNOWLEDGEMENTS;
    if (given === undefined && !existsSync(file)) return AcknowledgementFile.none();
    return AcknowledgementFile.parse(file, readFileSync(file, 'utf8'));
  }

  /** Nothing is accepted. */
  public static none(): AcknowledgementFile {
    return new AcknowledgementFile('', [], []);
  }

  private readonly byId = new Map<string, FileAcknowledgement[]>();

  public constructor(
    public readonly file: string,
    public readonly entries: readonly FileAcknowledgement[],
    public readonly skips: readonly SkipReason[],
  ) {
    for (const entry of entries) this.byId.set(entry.id, [...(this.byId.get(entry.id) ?? []), entry]);
  }

  /** The entries that accept a finding of an object on a day, `2026-11-26`. */
  public accepting(fact: ObjectFact, id: string, today: string): readonly FileAcknowledgement[] {
    const entries = this.byId.get(id);
    if (entries === undefined) return [];
    return entries.filter((entry) => !isOver(entry, today) && describes(entry.object, fact));
  }
}

/** The day of today, as entries write it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Whether the last day of an entry has passed. */
export function isOver({ until }: { readonly until: string | undefined }, today: string): boolean {
  return until !== undefined && until < today;
}

function describes(pattern: string, fact: ObjectFact): boolean {
  const [kind = '*', path = '*'] = pattern.split(/\s+/, 2);
  const [namespace, name] = path.includes('/') ? path.split('/', 2) : ['*', path];
  return matches(kind, fact.kind) && matches(namespace ?? '*', fact.namespace) && matches(name ?? '*', fact.name);
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  const last = parts[parts.length - 1] ?? '';
  return text.length - last.length >= at && text.endsWith(last);
}

/** Whether there is such a day; `Date` takes February 30 for March 2. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Turns the document into entries. */
class Reader {
  private readonly positions = new Positions();

  public constructor(private readonly document: YamlDocument) {}

  public read(): AcknowledgementFile {
    const { value, file } = this.document;
    const root = this.map(value, '');
    for (const key of Object.keys(root)) {
      if (key !== 'acknowledge' && key !== 'skip') this.refuse(key, 'is unknown; use `acknowledge` or `skip`');
    }
    return new AcknowledgementFile(
      file,
      this.entries(root.acknowledge, 'acknowledge'),
      this.entries(root.skip, 'skip'),
    );
  }

  private entries(value: unknown, list: keyof typeof KEYS): FileAcknowledgement[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) this.refuse(list, 'must be a list of entries');
    return (value as unknown[]).map((item, index) => this.entry(item, list, `${list}[${index}]`));
  }

  private entry(item: unknown, list: keyof typeof KEYS, field: string): FileAcknowledgement {
    const entry = this.map(item, field);
    for (const key of Object.keys(entry)) {
      if (!(KEYS[list] as readonly string[]).includes(key)) {
        this.refuse(`${field}.${key}`, `is unknown; an entry has ${KEYS[list].join(', ')}`);
      }
    }
    const id = this.text(entry.id, `${field}.id`, 'the id of a finding, for example availability/single-replica');
    if (catalogued(id) === undefined) {
      this.refuse(`${field}.id`, `\`${id}\` is the id of no finding; \`cdk8s-patterns rules\` lists them`);
    }
    const object = list === 'skip' ? '* *' : this.pattern(entry.object, `${field}.object`);
    const reason = this.text(entry.reason, `${field}.reason`, 'why it is right in this place');
    const until = entry.until === undefined ? undefined : this.day(entry.until, `${field}.until`);
    return { id, object, reason, until, field, line: this.lineOf(field) };
  }

  private map(value: unknown, field: string): Readonly<Record<string, unknown>> {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return this.refuse(field, 'must be a map');
  }

  private text(value: unknown, field: string, meaning: string): string {
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    return this.refuse(field, `must be a text: ${meaning}`);
  }

  private pattern(value: unknown, field: string): string {
    const pattern = this.text(value, field, '`Kind namespace/name`, with * for any part');
    if (PATTERN.test(pattern)) return pattern;
    return this.refuse(field, `\`${pattern}\` is no \`Kind namespace/name\`; use * for any part`);
  }

  private day(value: unknown, field: string): string {
    if (typeof value === 'string' && isDay(value)) return value;
    return this.refuse(field, `\`${value}\` is no day; write it as 2027-01-31`);
  }

  private lineOf(field: string): number {
    return this.positions.lineOf(this.document, field);
  }

  private refuse(field: string, problem: string): never {
    const where = `${this.document.file}:${this.lineOf(field)}`;
    throw new BadAcknowledgementFile(`${where}: ${field === '' ? 'the file' : field} ${problem}`);
  }
}
