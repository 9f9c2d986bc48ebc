export { RETIRED_IDS, RULES } from './registry';
export { type Remark, type Rule, targetsOf } from './rule';
