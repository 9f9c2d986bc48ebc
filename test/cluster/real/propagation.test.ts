import { testApp } from '../support/apps';
import { deletedUnderLoad } from '../support/deletions';
import { drill } from '../support/drill';
import { losses } from '../support/load';
import { mutated } from '../support/mutations';
import { Nodes } from '../support/nodes';
import { found } from '../support/parts';
import { onRealNodes } from '../support/real';

const PODS = 4;
/** How many pods are deleted. */
const DELETIONS = found().long ? 60 : 4;

const namespace = onRealNodes('propagation');
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
    const claim = await deletedUnderLoad(namespace, 'told', app, DELETIONS);
    const control = await deletedUnderLoad(namespace, 'told-control', mutated(emitted('told-control'), 'no-delay'), 4);
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
        longest: at(1),
        'delay in ms': delay * 1000,
        ...losses(claim.load),
      },
      control: losses(control.load),
    };
  },
);
