import type { Manifest } from '../support/api';
import { webApp } from '../support/apps';
import { Namespace } from '../support/cluster';
import { drill } from '../support/drill';
import { containers, deployments } from '../support/mutations';
import { Nodes } from '../support/nodes';
import { found } from '../support/parts';

const PODS = 6;
const ZONES = 3;
const ROLLOUTS = found().long ? 5 : 3;

const namespace = Namespace.forThisFile('spread');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.simulated(namespace, 2 * ZONES, { zones: ZONES });
});

drill(
  {
    lesson: 'Roll-outs',
    claim: `${PODS} pods over ${ZONES} zones are spread evenly after each of several roll-outs, and after a drain`,
    control:
      'where old pods count as well (no matchLabelKeys), some roll-out leaves one zone with two pods more than another',
    needs: ['controllers', 'simulated nodes'],
  },
  async () => {
    const emitted = (name: string) => namespace.emitted((chart) => void webApp(chart, nodes, { name, replicas: PODS }));
    const counting = deployments((deployment) => {
      const { spec } = deployment.spec.template;
      spec.topologySpreadConstraints = spec.topologySpreadConstraints.map(
        ({ matchLabelKeys: _, ...rest }: any) => rest,
      );
      return deployment;
    });
    const claim = await rolledOut('even', emitted('even'));
    const control = await rolledOut('counted', counting(emitted('counted')));
    const [node = ''] = nodes.names;
    const { ended } = await nodes.drain(node, 60);
    await namespace.rolledOut('even');
    const drained = await skew('even');
    await nodes.uncordonAll();
    expect(ended).toBe(true);
    expect(Math.max(...claim, drained)).toBeLessThanOrEqual(1);
    expect(Math.max(...control)).toBeGreaterThan(1);
    return {
      claim: {
        'most pods in a zone more than in another, after each roll-out': claim.join(', '),
        'after the drain': drained,
      },
      control: { 'the same without matchLabelKeys': control.join(', ') },
    };
  },
);

/** Rolls out again and again; how uneven the zones are after each time. */
async function rolledOut(name: string, app: readonly Manifest[]): Promise<number[]> {
  await namespace.apply(app);
  await namespace.rolledOut(name);
  const skews: number[] = [];
  for (let turn = 1; turn <= ROLLOUTS; turn += 1) {
    const next = containers((container) => ({ ...container, image: `registry.example.com/web:1.0.${turn}` }));
    await namespace.apply(next(app));
    await namespace.rolledOut(name);
    skews.push(await skew(name));
  }
  return skews;
}

/** How many pods more the fullest zone has than the emptiest. */
async function skew(name: string): Promise<number> {
  const zones = new Map(
    (await nodes.all()).map(({ metadata }) => [metadata.name, metadata.labels['topology.kubernetes.io/zone']]),
  );
  const counts = new Map([...zones.values()].map((zone) => [zone, 0]));
  for (const { spec } of await namespace.pods(`app.kubernetes.io/instance=${name}`)) {
    const zone = zones.get(spec.nodeName);
    counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  return Math.max(...counts.values()) - Math.min(...counts.values());
}
