import { invalid } from '../values/invalid';

/** A request of a tester, in plain words. */
export interface TestersIntent {
  readonly header: string;
  readonly value: string;
}

/** Whose requests always go to the candidate, whatever its share. */
export class Testers {
  /**
   * Requests with a header of this value. It has to be handed on by every service on the way.
   *
   * @param name name of the header, which is compared without regard to case
   * @param value the exact value
   * @throws if the name is no name of a header, or the value is empty
   */
  public static header(name: string, value: string): Testers {
    const where = 'Testers.header';
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) throw invalid(where, `\`${name}\` is no name of a header`);
    if (value === '' || /[\r\n]/.test(value)) throw invalid(where, `\`${value}\` is no value of a header`);
    return new Testers({ header: name.toLowerCase(), value });
  }

  private constructor(
    /** @internal */
    public readonly _intent: TestersIntent,
  ) {}
}
