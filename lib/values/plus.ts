import type * as kplus from 'cdk8s-plus-27';

/** cdk8s-plus-27, loaded when it is needed and not before: most apps never need it. */
export function plus(): typeof kplus {
  return require('cdk8s-plus-27');
}
