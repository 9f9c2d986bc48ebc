import type { Duration } from 'cdk8s';
import { seconds } from '../values/bounds';
import { invalid } from '../values/invalid';
import type { Weight } from '../values/weight';
import type { Gate, GateIntent } from './gate';

/** One step in plain words. */
export type StepIntent =
  | { readonly kind: 'weight'; readonly percent: number }
  | { readonly kind: 'mirror'; readonly percent: number }
  | { readonly kind: 'pause'; readonly seconds: number }
  | { readonly kind: 'gate'; readonly gates: readonly GateIntent[] }
  | { readonly kind: 'approval' };

/** One step of a release. */
export class CanaryStep {
  /**
   * From now on the candidate gets this share of the requests.
   *
   * @param weight above 0 %, and above that of the step before
   * @throws if it is 0 %
   */
  public static weight(weight: Weight): CanaryStep {
    if (weight._percent === 0) {
      throw invalid(
        'CanaryStep.weight',
        '0% gives the candidate nothing to show',
        'begin with Weight.percent(1) or more',
      );
    }
    return new CanaryStep({ kind: 'weight', percent: weight._percent });
  }

  /**
   * The candidate gets copies of this share of the requests, and its answers go nowhere; only before the first weight.
   *
   * What a request changes is changed twice: for requests that only read.
   *
   * @param weight above 0 %
   * @throws if it is 0 %
   */
  public static mirror(weight: Weight): CanaryStep {
    if (weight._percent === 0) throw invalid('CanaryStep.mirror', '0% mirrors nothing', 'remove the step');
    return new CanaryStep({ kind: 'mirror', percent: weight._percent });
  }

  /**
   * Nothing changes for a while.
   *
   * @param duration whole seconds, 1 or more
   * @throws if it is shorter than a second or not a whole number of them
   */
  public static pause(duration: Duration): CanaryStep {
    return new CanaryStep({ kind: 'pause', seconds: seconds('CanaryStep.pause', duration) });
  }

  /**
   * The candidate has to pass all of these, or the release is rolled back.
   *
   * @param gates at least one
   * @throws if there is none, or two have one name
   */
  public static gate(...gates: Gate[]): CanaryStep {
    if (gates.length === 0) throw invalid('CanaryStep.gate', 'without a gate there is nothing to pass', 'name one');
    const intents = gates.map(({ _intent }) => _intent);
    const twice = intents.find(({ name }, index) => intents.findIndex((one) => one.name === name) < index);
    if (twice !== undefined) {
      const problem = `two gates have the name \`${twice.name}\``;
      throw invalid('CanaryStep.gate', problem, 'give one of them a name of its own by its option name');
    }
    return new CanaryStep({ kind: 'gate', gates: intents });
  }

  /** A person decides whether it goes on. */
  public static approval(): CanaryStep {
    return new CanaryStep({ kind: 'approval' });
  }

  /**
   * What was resolved.
   *
   * @internal
   */
  public readonly _intent: StepIntent;

  private constructor(intent: StepIntent) {
    this._intent = Object.freeze(intent);
  }
}
