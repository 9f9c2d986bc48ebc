import type { TargetCluster } from '../values';
import { invalid } from '../values/invalid';
import type { PlanIntent } from './canary-plan';
import type { GateIntent } from './gate';

/** The gates of a plan, each once, in the order in which they come. */
export function gatesOf({ prepared, phases }: PlanIntent): readonly GateIntent[] {
  const all = [prepared, ...phases]
    .flatMap(({ actions }) => actions)
    .flatMap((action) => (action.kind === 'gate' ? action.gates.map(({ gate }) => gate) : []));
  return [...new Map(all.map((gate) => [gate.name, gate])).values()];
}

/** The Prometheus that a gate asks. */
export function addressOf({ target }: { readonly target: TargetCluster }, { name, address }: GateIntent): string {
  const found = address ?? target.prometheus;
  if (found !== undefined) return found;
  const problem = `gate \`${name}\` asks a Prometheus, and nothing says where it is`;
  throw invalid('plan', problem, "use TargetCluster.of({ prometheus: 'http://prometheus.monitoring:9090' })");
}
