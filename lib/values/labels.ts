/**
 * The labels that say which pods belong together (DESIGN decision 3).
 *
 * A workload selects its own pods by NAME. Whatever must cover every variant of an app (budget, spread, Service) selects
 * INSTANCE, since Flagger rewrites NAME on the copy that serves.
 */
export const NAME_LABEL = 'app.kubernetes.io/name';
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
export const COMPONENT_LABEL = 'app.kubernetes.io/component';
export const TRACK_LABEL = 'track';

/** The value of `app.kubernetes.io/managed-by` on every object that this library emits. */
export const MANAGED_BY = 'cdk8s-patterns';
