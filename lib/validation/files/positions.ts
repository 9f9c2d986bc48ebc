import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';
import type { YamlDocument } from './documents';
import type * as Lenient from './lenient';
import { type Offsets, parentOf, pathOf, step } from './paths';

/** There is one wherever a value has to be, and for the document itself. */
type ValueEvent = Exclude<Event, { type: typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.POP }>;

/** Where fields stand in documents; each document that somebody asks for is gone through once. */
export class Positions {
  private readonly known = new Map<YamlDocument, Offsets>();

  /** The line of a field, or of the nearest field around it that is written. */
  public lineOf(document: YamlDocument, field: string): number {
    let offsets = this.known.get(document);
    if (offsets === undefined) {
      offsets = offsetsOf(document.text);
      this.known.set(document, offsets);
    }
    for (let path = pathOf(field); path !== ''; path = parentOf(path)) {
      const offset = offsets.get(path);
      if (offset !== undefined) return document.lineAt(offset);
    }
    return document.lineAt(offsets.get('') ?? 0);
  }
}

function offsetsOf(text: string): Offsets {
  try {
    return strictOffsets(text);
  } catch {
    return (require('./lenient') as typeof Lenient).lenientOffsets(text);
  }
}

function strictOffsets(text: string): Offsets {
  const offsets = new Map<string, number>();
  const events = parseEvents(text, { maxDepth: 200 });
  let next = 1;
  const walk = (path: string, at?: number): void => {
    const event = events[next++] as ValueEvent;
    const start = at ?? startOf(event);
    if (start >= 0) offsets.set(path, start);
    if (event.type === EVENT_ID.SEQUENCE) {
      for (let index = 0; events[next]?.type !== EVENT_ID.POP; index += 1) walk(`${path}[${index}]`);
      next += 1;
    }
    if (event.type === EVENT_ID.MAPPING) {
      while (events[next]?.type !== EVENT_ID.POP) {
        const key = events[next++];
        if (key?.type !== EVENT_ID.SCALAR) throw new Error('a key that is no text');
        walk(path + step(getScalarValue(text, key)), startOf(key));
      }
      next += 1;
    }
  };
  walk('');
  return offsets;
}

/** Where a value begins; -1 where nothing is written, as in a list after a bare `-`. */
function startOf(event: ValueEvent): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  if (event.type !== EVENT_ID.SCALAR) return event.start;
  // what js-yaml gives of a block is the line below its `|`
  const isBlock = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
  return isBlock ? event.valueStart - 1 : event.valueStart;
}
