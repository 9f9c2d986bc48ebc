import { World } from '../../../lib/facts';
import { type Endpoint, outside } from '../../../lib/facts/reach/endpoint';
import { Reach } from '../../../lib/facts/reach/reach';
import { Network } from '../../../lib/values/ip-network';
import { OUTSIDE, type PolicyWorld, policyWorld, TRIED } from '../../support/policy-worlds';
import { drill } from '../support/drill';
import { type AskedFlow, type Evaluation, evaluated } from '../support/evaluator';
import { found } from '../support/parts';

const LESSON = 'Network: who reaches whom';
const WORLDS = found().long ? 1000 : 100;
/** In so many worlds of 1 000 each feature has to be tried. */
const LEAST = WORLDS / 10;

/** Every ordered pair of pods, and each pod with the outside in both directions. */
const FLOWS: readonly AskedFlow[] = TRIED.flatMap(({ port, protocol }) =>
  [
    ['*', '*'],
    ...OUTSIDE.flatMap((address) => [
      [address, '*'],
      ['*', address],
    ]),
  ].map(([from, to]) => ({ from: String(from), to: String(to), port, protocol: protocol.toLowerCase() })),
);

/** Which flows the solver sees otherwise than Calico. */
function differing(objects: readonly any[], { flows }: Evaluation): string[] {
  const reach = Reach.of(new World(objects.map((manifest) => ({ manifest }))));
  const ends = new Map<string, Endpoint>(reach.endpoints.map((end) => [end.name, end]));
  for (const address of OUTSIDE) ends.set(address, outside(Network.parse(address) as Network));
  return flows.flatMap(({ from, to, port, protocol, verdict }) => {
    const [source, destination] = [ends.get(from) as Endpoint, ends.get(to) as Endpoint];
    const { isAllowed } = reach.verdict({ from: source, to: destination, port, protocol: protocol.toUpperCase() });
    return isAllowed === (verdict === 'allow') ? [] : [`${from} -> ${to}:${port}/${protocol}`];
  });
}

const deniedShare = ({ flows }: Evaluation) => flows.filter(({ verdict }) => verdict === 'deny').length / flows.length;

/** Worlds in which neither almost everything nor almost nothing is denied. */
function* worlds(): Generator<{ readonly world: PolicyWorld; readonly truth: Evaluation }> {
  for (let seed = 1, count = 0; count < WORLDS; seed += 1) {
    const world = policyWorld(seed);
    const truth = evaluated(world.objects, FLOWS);
    expect({ seed, refused: truth.refused }).toEqual({ seed, refused: [] });
    const share = deniedShare(truth);
    if (share < 0.2 || share > 0.8) continue;
    count += 1;
    yield { world, truth };
  }
}

/** One policy less, or one that says something else. */
function planted({ objects }: PolicyWorld, index: number): any[] {
  const policies = objects.filter(({ kind }) => kind.endsWith('Policy'));
  const meant = policies[index % policies.length];
  const without = objects.filter((one) => one !== meant);
  const copy = JSON.parse(JSON.stringify(meant));
  for (const rule of [...(copy.spec.ingress ?? []), ...(copy.spec.egress ?? [])]) {
    if (rule.action === undefined) return without;
    rule.action = rule.action === 'Deny' ? 'Allow' : 'Deny';
  }
  return index % 2 === 0 ? without : [...without, copy];
}

drill(
  {
    lesson: LESSON,
    claim: `for ${WORLDS} random worlds of policies of Kubernetes, Calico and administrators, our verdict is Calico's own for every pair of pods, for addresses outside, and for every port`,
    control: '20 worlds in which one policy is missing or says the opposite are all found out',
    needs: ['policy evaluator'],
    within: 900,
  },
  async () => {
    const features = new Map<string, number>();
    let [flows, denied, found] = [0, 0, 0];
    const plants: PolicyWorld[] = [];
    for (const { world, truth } of worlds()) {
      expect(differing(world.objects, truth)).toEqual([]);
      flows += truth.flows.length;
      denied += truth.flows.filter(({ verdict }) => verdict === 'deny').length;
      for (const feature of world.features) features.set(feature, (features.get(feature) ?? 0) + 1);
      // one that another outvotes changes nothing, and is no fault
      const fault = Array.from({ length: 20 }, (_, index) => planted(world, index)).find(
        (objects) => plants.length < 20 && differs(evaluated(objects, FLOWS), truth),
      );
      if (fault !== undefined) {
        plants.push(world);
        if (differing(fault, truth).length > 0) found += 1;
      }
    }
    for (const [feature, count] of features)
      expect({ feature, isEnough: count >= LEAST }).toEqual({ feature, isEnough: true });
    expect([plants.length, found]).toEqual([20, 20]);
    return {
      claim: { worlds: WORLDS, flows, 'of them denied': denied, 'judged otherwise': 0, features: features.size },
      control: { 'faults planted': plants.length, found },
    };
  },
);

function differs(one: Evaluation, other: Evaluation): boolean {
  return one.flows.some(({ verdict }, index) => verdict !== other.flows[index]?.verdict);
}
