import type { IConstruct } from 'constructs';
import { at, invalid } from '../values/invalid';

const ACKNOWLEDGEMENTS = Symbol.for('cdk8s-patterns.Acknowledgements');
const ID = /^[a-z]+\/[a-z0-9]+(-[a-z0-9]+){0,4}$/;

/**
 * A finding that somebody accepted below one scope.
 *
 * @internal
 */
export interface _Acknowledgement {
  readonly id: string;
  readonly reason: string;
  readonly scope: IConstruct;
}

/**
 * What is accepted of a construct and of all below it.
 *
 * An acknowledged finding is not reported; it is written into the YAML as an annotation of the object, so that reviewers
 * see it. An acknowledgement that silences nothing is reported itself (`findings/unused-acknowledgement`).
 */
export class Findings {
  /**
   * The findings of `scope` and of everything below it.
   *
   * @param scope an app, a chart or one construct
   */
  public static of(scope: IConstruct): Findings {
    return new Findings(scope);
  }

  /**
   * The acknowledgements made at `scope` itself.
   *
   * @internal
   */
  public static _at(scope: IConstruct): readonly _Acknowledgement[] {
    return (scope as { [ACKNOWLEDGEMENTS]?: _Acknowledgement[] })[ACKNOWLEDGEMENTS] ?? [];
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Accepts one kind of finding here and below.
   *
   * @param id the id of the finding, for example `availability/single-replica`
   * @param reason why it is right in this place; reviewers read it in the YAML
   * @throws if the id has not the form of one, the reason is empty, or the id was acknowledged here already
   */
  public acknowledge(id: string, reason: string): void {
    at(this.scope, () => {
      const where = 'Findings.acknowledge';
      if (!ID.test(id))
        throw invalid(where, `\`${id}\` is not the id of a finding`, 'use `<topic>/<defect>` as printed');
      if (reason.trim() === '') throw invalid(where, `\`${id}\` has no reason`, 'say why it is right in this place');
      const known = Findings._at(this.scope);
      if (known.some((other) => other.id === id)) throw invalid(where, `\`${id}\` is acknowledged here already`);
      const value = [...known, { id, reason, scope: this.scope }];
      Object.defineProperty(this.scope, ACKNOWLEDGEMENTS, { value, configurable: true });
    });
  }
}
