import type { ObjectReference } from './object-reference';
import type { Severity } from './severity';

/**
 * One thing that is wrong, as data.
 *
 * Printed as `<id>: <field>: <problem>; <fix>`, on one line.
 */
export interface Finding {
  /** `<topic>/<defect>`, stable for ever; docs/rules.md explains it under this heading. */
  readonly id: string;
  /** What follows from it. */
  readonly severity: Severity;
  /** The object that the finding is about. */
  readonly object: ObjectReference;
  /** The field of that object, for example `spec.template.spec.containers[0].image`. */
  readonly field: string;
  /** What was found, with both numbers where two relate, and its consequence. */
  readonly problem: string;
  /** What to write instead. */
  readonly fix: string;
  /**
   * The construct that made the object, as a path.
   *
   * @default - the object came from YAML
   */
  readonly constructPath?: string;
  /**
   * Why somebody accepted it.
   *
   * @default - nobody did: the finding stands
   */
  readonly acknowledged?: string;
}
