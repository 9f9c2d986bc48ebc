// RO-5
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { servedRollout } from './release-snippet';

const WRITTEN_BY_ARGO = 'rollouts-pod-template-hash';

export const rolloutServiceSelectsOthers: RuleOf<'rollout'> = {
  id: 'canary/rollout-service-selects-others',
  severity: Severity.ERROR,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Argo Rollouts adds one label to the selectors of its Services, that of the version. The rest of each selector has to be on the pods of the
template, or the Service would select nothing. Argo refuses the Rollout then: it is not scaled and not updated any more.`,
  sources: [
    'https://github.com/argoproj/argo-rollouts/blob/v1.9.1/pkg/apis/rollouts/validation/validation_references.go',
  ],
  bad: servedRollout('{ app: web, tier: front }'),
  good: servedRollout('{ app: web }'),
  check: (target, world) => {
    const labels = world.templateOf(target)?.pod.labels;
    if (labels === undefined) return [];
    return target.services.flatMap(({ field, name }) =>
      Object.entries(world.service(target.namespace, name)?.selector.labels ?? {}).flatMap(([key, value]) => {
        if (key === WRITTEN_BY_ARGO || labels[key] === value) return [];
        const borne = labels[key] === undefined ? `no label ${key}` : `${key}=${labels[key]}`;
        return [
          {
            field,
            problem: `Service ${name} selects ${key}=${value}, and the pods of the template have ${borne}, so that Argo refuses the whole Rollout`,
            fix: `select ${Object.entries(labels).map(([own, its]) => `${own}: ${its}`)[0] ?? 'a label of the pods'} alone`,
          },
        ];
      }),
    );
  },
};
