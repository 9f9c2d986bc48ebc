import * as p from '../../../lib';
import { examplePrinted } from '../../support/examples';
import type { Manifest } from '../support/api';
import { AROUND, TIER } from '../support/around';
import { drill } from '../support/drill';
import { evaluated, packets } from '../support/evaluator';

drill(
  {
    lesson: 'Network: who reaches whom',
    claim: 'the fenced Online Boutique: `reach` and Calico agree on every ordered pair of pods and every port of them',
    control: 'with one policy less they would not',
    needs: ['policy evaluator'],
  },
  async () => {
    const manifests = examplePrinted('network-online-boutique');
    const judged = (all: readonly Manifest[]) => {
      const asked = p.Reachability.ofManifests([...manifests]).all();
      const ports = [...new Set(asked.map(({ port }) => port))];
      const flows = ports.map((port) => ({ from: '*', to: '*', port, protocol: 'tcp' }));
      const meant = all.filter(({ kind }) => !['ServiceAccount', 'PodDisruptionBudget'].includes(kind));
      const truth = new Map(
        evaluated(meant, flows).flows.map(({ from, to, port, verdict }) => [`${from} ${to} ${port}`, verdict]),
      );
      const differing = asked.filter(
        ({ source, destination, port, isAllowed }) =>
          (truth.get(`${source} ${destination} ${port}`) === 'allow') !== isAllowed,
      );
      return {
        asked: asked.length,
        open: asked.filter(({ isAllowed }) => isAllowed).length,
        differing: differing.length,
      };
    };
    const claim = judged(manifests);
    const control = judged(manifests.filter(({ metadata }) => metadata.name !== 'apps.fence-frontend'));
    expect(claim.differing).toBe(0);
    expect(control.differing).toBeGreaterThan(0);
    return { claim, control: { differing: control.differing } };
  },
);

/** The examples whose pods are fenced. */
const FENCED = ['network-fenced-namespace', 'network-fence-with-istio-canary', 'network-online-boutique'];
/** One kind of packets in so many is tried without policies too. */
const TRIED_BARE = 10;

drill(
  {
    lesson: 'Network: who reaches whom',
    claim: `real packets do on each fenced example (${FENCED.join(', ')}) what \`reach\` says, for every ordered pair of pods and each port that the second one has`,
    control: 'without the policies the same packets all arrive',
    needs: ['policy evaluator', 'packets'],
    within: 600,
  },
  async () => {
    const claim: Record<string, number> = {};
    let bare = 0;
    for (const example of FENCED) {
      const manifests = besides(examplePrinted(example));
      const flows = flowsOf(manifests);
      const denied = flows.filter(({ isAllowed }) => !isAllowed).length;
      expect([denied > 0, denied < flows.length]).toEqual([true, true]);
      const judged = evaluated(manifests, flows);
      expect([judged.refused, judged.withoutEffect]).toEqual([[], []]);
      expect(judged.flows.map(({ verdict }) => verdict === 'allow')).toEqual(flows.map(({ isAllowed }) => isAllowed));
      expect(packets(manifests, flows)).toEqual({ passed: flows.length, failed: 0 });
      claim[`${example}: connections tried`] = flows.length;
      claim[`${example}: of them denied`] = denied;

      const open = manifests.filter(({ kind }) => kind === 'Deployment');
      const some = flows.filter((_, index) => index % TRIED_BARE === 0);
      expect(evaluated(open, some).flows.every(({ verdict }) => verdict === 'allow')).toBe(true);
      expect(packets(open, some)).toEqual({ passed: some.length, failed: 0 });
      bare += some.length;
    }
    return { claim: { ...claim, 'otherwise than said': 0 }, control: { 'connections tried': bare, denied: 0 } };
  },
);

/** What is about packets, with the pods and the tier that an example takes for granted. */
function besides(manifests: readonly Manifest[]): Manifest[] {
  const isMeant = ({ kind }: Manifest) => /Policy$|^Tier$|^Deployment$/.test(kind);
  const tier = manifests.some(({ kind }) => kind === 'Tier') ? [] : [TIER];
  return [...manifests.filter(isMeant), ...tier, ...AROUND];
}

/** Each ordered pair of pods and each port of TCP that the second one has, with our verdict. */
function flowsOf(manifests: readonly Manifest[]) {
  return p.Reachability.ofManifests([...manifests])
    .all()
    .filter(({ protocol }) => protocol === 'TCP')
    .map(({ source: from, destination: to, port, isAllowed }) => ({ from, to, port, protocol: 'tcp', isAllowed }));
}
