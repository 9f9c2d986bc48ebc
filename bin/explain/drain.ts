import { stuckInDrain, type WorkloadFact, type World } from '../../lib/facts';
import { counted } from '../../lib/findings/format';
import { type Event, Teller } from './explanation';

/** What happens when its nodes are emptied. */
export function explainDrain(workload: WorkloadFact, world: World): readonly Event[] {
  const tell = new Teller(workload);
  if (workload.kind === 'DaemonSet')
    return [
      tell.at(
        undefined,
        'a drain refuses to begin without --ignore-daemonsets, and then leaves its pods where they are',
      ),
    ];
  if (workload.kind === 'Pod')
    return [
      tell.at(undefined, 'blocked: nothing makes the pod anew, so that a drain refuses to delete it without --force'),
    ];
  const budgets = world.budgetsOf(workload);
  const [budget, second] = budgets;
  const pods = world.fewestPodsOfApp(workload);
  if (budget === undefined) {
    const all = pods === undefined ? 'all its pods' : counted(pods, 'pod');
    return [tell.at(undefined, `${all} may go at once: there is no budget`), ...stopping(workload, tell)];
  }
  if (second !== undefined) {
    const names = budgets.map(({ name }) => name).join(' and ');
    return [tell.at(undefined, `blocked: budgets ${names} cover the same pods, so that every eviction is refused`)];
  }
  const covered = world.fewestPodsUnder(budget);
  if (covered === undefined)
    return [tell.at(undefined, `budget ${budget.name} decides, of a number of pods that nobody chooses`)];
  const allowed = budget.allowedEvictions(covered);
  const limit = { field: `PodDisruptionBudget ${budget.name}: ${budget.field}`, value: budget.limit, isDefault: false };
  const verdict =
    allowed === 0
      ? `blocked: of ${counted(covered, 'pod')} none may go`
      : `${counted(allowed, 'pod')} of ${covered} may go at once; the next when its replacement is ready`;
  return [tell.at(undefined, verdict, limit), ...spread(workload, covered, world, tell), ...stopping(workload, tell)];
}

function spread(workload: WorkloadFact, pods: number, world: World, tell: Teller): Event[] {
  const { nodes } = workload.target;
  const [budget] = world.budgetsOf(workload);
  const [rule] = workload.pod.spreadOverHosts.filter(({ honorsTaints }) => !honorsTaints);
  if (nodes === undefined || budget === undefined || rule === undefined) return [];
  const allowedEvictions = (healthy: number) => budget.allowedEvictions(pods, healthy);
  const stuck = stuckInDrain({ pods, nodes, maxSkew: rule.maxSkew, allowedEvictions });
  if (stuck === 0) return [];
  return [
    tell.at(
      undefined,
      `blocked: ${counted(stuck, 'pod')} can never leave a node of ${nodes}, since others may not exceed it`,
      tell.field(`${rule.field}.maxSkew`, rule.maxSkew),
    ),
  ];
}

function stopping({ pod }: WorkloadFact, tell: Teller): Event[] {
  const { grace, field } = pod;
  return [
    tell.at(
      undefined,
      `each takes ${grace} s at most to stop`,
      tell.field(`${field}.terminationGracePeriodSeconds`, grace),
    ),
  ];
}
