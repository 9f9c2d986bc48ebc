// CN-11
import type { WorkloadFact, World } from '../../facts';
import { text } from '../../facts/read';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import { TRACK_LABEL } from '../../values/labels';
import type { RuleOf } from '../rule';
import { splitByPods } from './split-by-pods';

const CANARY = 'canary';
const STABLE = 'stable';

const pair = splitByPods('sessionAffinity: None');

export const variantsDiffer: RuleOf<'workload'> = {
  id: 'canary/variants-differ',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A canary tells something about the next version if it differs from the stable one in that version alone. One that stops faster, that no budget
covers, that has no readiness probe or other rights, fails for reasons of its own, or passes and then fails when it takes over. The rule compares
two workloads behind one Service whose pods say \`track: canary\` and \`track: stable\`.`,
  sources: ['https://kubernetes.io/docs/concepts/workloads/management/#canary-deployments'],
  bad: pair.replace(
    `track: ${CANARY} } }
    spec:
`,
    `track: ${CANARY} } }
    spec:
      serviceAccountName: other
`,
  ),
  good: pair,
  check: (target, world) => {
    if (target.pod.labels[TRACK_LABEL] !== CANARY) return [];
    const stable = stableOf(target, world);
    const differences = stable === undefined ? [] : differencesOf(stable, target, world);
    if (stable === undefined || differences.length === 0) return [];
    const problem = `differs from ${stable.kind} ${stable.name} in more than its version: ${listed(differences)}`;
    return [{ field: 'spec.template', problem, fix: `give both the same, as ${stable.name} has it` }];
  },
};

/** The only stable workload behind a Service of the canary. */
function stableOf(canary: WorkloadFact, world: World): WorkloadFact | undefined {
  const others = world
    .servicesOf(canary)
    .flatMap((service) => world.workloadsOf(service))
    .filter(({ pod, isReplicated }) => isReplicated && pod.labels[TRACK_LABEL] === STABLE);
  const [first, ...more] = new Set(others);
  return more.length === 0 ? first : undefined;
}

function differencesOf(stable: WorkloadFact, canary: WorkloadFact, world: World): string[] {
  const account = ({ pod }: WorkloadFact) => text(pod.spec.serviceAccountName) ?? 'default';
  const isReady = ({ pod }: WorkloadFact) => pod.apps.some(({ readiness }) => readiness !== undefined);
  const budgets = (workload: WorkloadFact) => world.budgetsOf(workload).map(({ name }) => name);
  const uncovered = budgets(stable).filter((name) => !budgets(canary).includes(name));
  return [
    account(stable) === account(canary) ? [] : `ServiceAccount ${account(canary)} for ${account(stable)}`,
    stable.pod.grace === canary.pod.grace ? [] : `a grace period of ${canary.pod.grace}s for ${stable.pod.grace}s`,
    isReady(stable) && !isReady(canary) ? 'no readiness probe' : [],
    uncovered.length === 0 ? [] : `not covered by budget ${uncovered.join(' and ')}`,
  ].flat();
}
