import type { Manifest } from '../support/api';
import { testApp } from '../support/apps';
import { api, Namespace } from '../support/cluster';
import { drill } from '../support/drill';
import { type Load, losses, underLoad } from '../support/load';
import { mutated } from '../support/mutations';
import { Nodes } from '../support/nodes';
import { found } from '../support/parts';
import { sleep } from '../support/run';

const PODS = 4;
/** How many pods are deleted, one after the other. */
const DELETIONS = found().long ? 30 : 5;
/** Seconds from one to the next: longer than the default delay. */
const PERIOD = 12;
const RATE = 200;
const KNOWN = 3;

const namespace = Namespace.forThisFile('propagation');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.real(namespace);
});

drill(
  {
    lesson: 'Graceful shutdown',
    claim: 'the last new connection reaches a deleted pod before the default delay is over, and none is lost',
    control: 'without the delay, connections reach the pod when it does not listen any more',
    needs: ['controllers', 'real nodes', 'test app', 'load'],
    within: 1200,
  },
  async () => {
    const emitted = (name: string) =>
      namespace.emitted((chart) => void testApp(chart, nodes, name, { replicas: PODS, env: { LATENCY: '5ms' } }));
    const app = emitted('told');
    const delay = app.find(({ kind }) => kind === 'Deployment').spec.template.spec.containers[0].lifecycle.preStop.sleep
      .seconds;
    const claim = await deletions('told', app, DELETIONS);
    const control = await deletions('told-control', mutated(emitted('told-control'), 'no-delay'), 5);
    const late = claim.late.sort((a, b) => a - b);
    expect(late).toHaveLength(DELETIONS);
    expect(Math.max(...late)).toBeLessThan(delay * 1000);
    expect(claim.load.failed).toBe(0);
    expect(control.load.failed).toBeGreaterThan(0);
    const at = (share: number) => late[Math.min(late.length - 1, Math.ceil(share * late.length) - 1)] ?? 0;
    return {
      claim: {
        deletions: DELETIONS,
        'last connection after ms, median': at(0.5),
        p99: at(0.99),
        longest: at(1),
        'delay in ms': delay * 1000,
        ...losses(claim.load),
      },
      control: losses(control.load),
    };
  },
);

/** Deletes pods one after the other under load; how many milliseconds later the last connection came that each of them answered. */
async function deletions(
  name: string,
  app: readonly Manifest[],
  count: number,
): Promise<{ load: Load; late: number[] }> {
  await namespace.apply(app);
  await namespace.rolledOut(name);
  await sleep(KNOWN * 1000);
  const { spec } = await api.get(namespace.named('v1', 'Service', name));
  const deleted = new Map<string, number>();
  const load = await underLoad(
    `http://${spec.clusterIP}:${spec.ports[0].port}/`,
    RATE * PERIOD * (count + 1),
    async () => {
      for (let turn = 0; turn < count; turn += 1) {
        const pods = await namespace.pods(`app.kubernetes.io/instance=${name}`);
        const [oldest] = pods.sort((a, b) => Date.parse(a.status.startTime) - Date.parse(b.status.startTime));
        deleted.set(oldest.metadata.name, Date.now());
        await api.delete(namespace.named('v1', 'Pod', oldest.metadata.name));
        await sleep(PERIOD * 1000);
      }
    },
  );
  const late = [...deleted].map(([pod, at]) => Math.max(0, (load.pods[pod]?.lastSentAt ?? at) - at));
  return { load, late };
}
