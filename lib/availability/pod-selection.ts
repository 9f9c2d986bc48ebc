import type * as kplus from 'cdk8s-plus-27';
import { list, texts } from '../facts/read';
import { invalid } from '../values/invalid';
import type { SelectorManifest } from './manifest';

/** What apps of this library offer, so that they can be selected without cdk8s-plus. */
export interface SelectsByLabels {
  /** @internal */
  readonly _podLabels: Readonly<Record<string, string>>;
}

/** Which pods a construct selects. The only place that reads what cdk8s-plus keeps to itself. */
export function selectorOf(selector: kplus.IPodSelector): SelectorManifest {
  const own = (selector as Partial<SelectsByLabels>)._podLabels;
  if (own !== undefined) return { matchLabels: own };
  const { matchLabels, matchExpressions } = selector.toPodSelectorConfig().labelSelector._toKube();
  const labels = texts(matchLabels);
  const expressions = list(matchExpressions) as readonly object[];
  if (Object.keys(labels).length === 0 && expressions.length === 0) {
    throw invalid('protects', 'it selects every pod of the namespace', 'select by labels');
  }
  return {
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}
