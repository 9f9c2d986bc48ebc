import { whole } from '../values/bounds';

/** Which stage of a release the manifests are for. */
export class CanaryStage {
  /** Before the release: the candidate has no pods. */
  public static stable(): CanaryStage {
    return new CanaryStage('stable');
  }

  /** The candidate runs; only testers, and copies of requests, reach it. */
  public static prepared(): CanaryStage {
    return new CanaryStage('prepared');
  }

  /**
   * The candidate has the share of one of the plan's weights.
   *
   * @param number 1 for the plan's first weight
   * @throws if `number` is not a whole number of 1 or more
   */
  public static step(number: number): CanaryStage {
    return new CanaryStage('step', whole('CanaryStage.step', number));
  }

  /** The candidate still takes all requests, while the stable pods are replaced by pods of its version. */
  public static promoting(): CanaryStage {
    return new CanaryStage('promoting');
  }

  /** The candidate's version is the stable one, and the candidate has no pods. */
  public static promoted(): CanaryStage {
    return new CanaryStage('promoted');
  }

  /** The stable version takes all requests again, and the candidate has no pods. */
  public static aborted(): CanaryStage {
    return new CanaryStage('aborted');
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'stable' | 'prepared' | 'step' | 'promoting' | 'promoted' | 'aborted',
    /** @internal */
    public readonly _step: number = 0,
  ) {}

  /** `step-2`, `promoted`. */
  public toString(): string {
    return this._kind === 'step' ? `step-${this._step}` : this._kind;
  }
}
