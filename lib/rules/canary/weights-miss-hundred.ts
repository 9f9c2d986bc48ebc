// CN-1
import type { VirtualServiceFact, World } from '../../facts';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { portsOf, virtualService } from './route-snippet';

const split = (canary: number) =>
  `${virtualService(
    'hosts: [web]',
    'http:',
    '  - route:',
    '      - { destination: { host: web }, weight: 90 }',
    `      - { destination: { host: web-canary }, weight: ${canary} }`,
  )}${portsOf('web')}${portsOf('web-canary')}`;

export const weightsMissHundred: RuleOf<'virtualService'> = {
  id: 'canary/weights-miss-hundred',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `Weights are shares of their sum. Who reads them takes them for percent, and raises one without lowering the other: 90 and 20 are 82 and 18 %.
Istio takes any sum from 1.15 on; before, it refused all but 100, and a sum of 0 it refuses still. Argo Rollouts and Flagger write their own weights.`,
  sources: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination'],
  bad: split(20),
  good: split(10),
  check: (target, world) =>
    isWritten(target, world)
      ? []
      : target.http.flatMap(({ field, shares }): Remark[] => {
          const weights = shares.map(({ weight = 0 }) => weight);
          const sum = weights.reduce((all, weight) => all + weight, 0);
          if (weights.length < 2 || sum === 100) return [];
          const last = weights[weights.length - 1] as number;
          const meaning =
            sum === 0
              ? 'which Istio refuses, since nobody gets a request'
              : `so that ${last} means ${Number(((100 * last) / sum).toPrecision(3))}%`;
          const problem = `the weights ${weights.join(' and ')} sum to ${sum}, ${meaning}`;
          return [{ field: `${field}.route`, problem, fix: 'let them sum to 100' }];
        }),
};

/** Whether a controller writes the weights. */
function isWritten({ namespace, name }: VirtualServiceFact, { delivery }: World): boolean {
  const byArgo = delivery.rollouts.some((rollout) =>
    rollout.virtualServices.some((one) => one.namespace === namespace && one.name === name),
  );
  return byArgo || delivery.isMade(namespace, `VirtualService/${name}`);
}
