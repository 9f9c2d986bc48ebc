/** Why a document cannot be parsed, and where. */
export class YamlProblem extends Error {
  public constructor(
    message: string,
    public readonly offset: number,
  ) {
    super(message);
  }
}
