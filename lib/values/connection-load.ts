import { whole } from './bounds';

/** How many connections a pod gets. */
export interface ConnectionLoadProps {
  /** New ones in a second of the busiest hour, 0 or more. */
  readonly perSecond: number;

  /**
   * Open ones at once, 0 or more.
   *
   * @default 0
   */
  readonly simultaneous?: number;
}

/** How long Linux remembers a connection that has ended (`nf_conntrack_tcp_timeout_time_wait`), in seconds. */
const REMEMBERED = 120;

/** What the connections of a pod ask of the table in which a node tracks them. */
export class ConnectionLoad {
  /**
   * Describes a load.
   *
   * @param props new connections a second, and open ones
   * @throws if a number is not a whole one of 0 or more
   */
  public static of(props: ConnectionLoadProps): ConnectionLoad {
    const where = 'ConnectionLoad.of';
    const bounds = { min: 0, max: Number.MAX_SAFE_INTEGER };
    const perSecond = whole(`${where}: perSecond`, props.perSecond, bounds);
    return new ConnectionLoad(perSecond, whole(`${where}: simultaneous`, props.simultaneous ?? 0, bounds));
  }

  /**
   * As an annotation says it, or undefined if it says none.
   *
   * @internal
   */
  public static _parse(text: string | undefined): ConnectionLoad | undefined {
    const match = text === undefined ? null : /^(\d{1,12})\/s(?: (\d{1,12}))?$/.exec(text);
    return match === null ? undefined : new ConnectionLoad(Number(match[1]), Number(match[2] ?? 0));
  }

  private constructor(
    /** New connections in a second. */
    public readonly perSecond: number,
    /** Open connections at once. */
    public readonly simultaneous: number,
  ) {}

  /** Entries in the table of tracked connections: an ended connection stays there for two minutes. */
  public get trackedEntries(): number {
    return this.perSecond * REMEMBERED + this.simultaneous;
  }

  /** @internal */
  public get _text(): string {
    return `${this.perSecond}/s ${this.simultaneous}`;
  }
}
