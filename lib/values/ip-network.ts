/** A network of addresses, IPv4 or IPv6; one address is a network of one. */
export class Network {
  /** The network that `10.0.0.0/8`, `10.1.2.3` or `fd00::/8` names; undefined if it names none. */
  public static parse(text: string): Network | undefined {
    const [address = '', length, ...more] = text.split('/');
    const isSix = address.includes(':');
    const value = isSix ? sixth(address) : fourth(address);
    const width = isSix ? 128 : 32;
    if (value === undefined || more.length > 0) return undefined;
    if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
    const prefix = length === undefined ? width : Number(length);
    return prefix > width ? undefined : new Network(text, isSix ? 6 : 4, value >> BigInt(width - prefix), prefix);
  }

  private constructor(
    private readonly text: string,
    public readonly family: 4 | 6,
    /** The bits that all its addresses have in common. */
    private readonly bits: bigint,
    private readonly prefix: number,
  ) {}

  /** Whether it has every address of its family. */
  public get isEverything(): boolean {
    return this.prefix === 0;
  }

  /** Whether every address of another network is in this one. */
  public contains(other: Network): boolean {
    if (this.family !== other.family || other.prefix < this.prefix) return false;
    return other.bits >> BigInt(other.prefix - this.prefix) === this.bits;
  }

  /** Whether the two have an address in common. */
  public overlaps(other: Network): boolean {
    return this.contains(other) || other.contains(this);
  }

  public toString(): string {
    return this.text;
  }
}

function fourth(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function sixth(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [front, back] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const written = [...(front ?? []), ...(back ?? [])];
  const missing = 8 - written.length;
  const isComplete = halves.length === 2 ? missing >= 1 : missing === 0;
  if (!isComplete || !written.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const groups = [...(front ?? []), ...new Array<string>(missing).fill('0'), ...(back ?? [])];
  return groups.reduce((value, group) => (value << 16n) | BigInt(Number.parseInt(group, 16)), 0n);
}
