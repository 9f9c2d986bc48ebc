/** Where something stands, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds lines by offsets; the text is gone through once, when somebody asks. */
export class Lines {
  private starts: number[] | undefined;

  public constructor(private readonly text: string) {}

  /** The position of an offset. */
  public at(offset: number): Position {
    this.starts ??= startsOf(this.text);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] as number) + 1 };
  }
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
