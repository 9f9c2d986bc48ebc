import { Duration, Size } from 'cdk8s';
import { BatchTask, HealthCheck, Resources, Shutdown, Sidecar } from '../../../lib';
import type { Manifest } from '../support/api';
import { testApp } from '../support/apps';
import { api, until } from '../support/cluster';
import { drill } from '../support/drill';
import { deployments } from '../support/mutations';
import { Nodes } from '../support/nodes';
import { onRealNodes } from '../support/real';
import { sleep } from '../support/run';

const LESSON = 'Sidecars';
const NEEDS = ['controllers', 'real nodes', 'test app'] as const;
const PODS = 20;
/** Seconds that the sidecar takes to start, and to stop. */
const SLOW = 3;
/** Seconds that a task with a classic sidecar is watched. */
const WATCHED = 30;

const namespace = onRealNodes('sidecars');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.real(namespace);
});

const resources = Resources.request({ cpuMillis: 1, memory: Size.mebibytes(16) });
const image = String(process.env.TEST_IMAGE);

drill(
  {
    lesson: LESSON,
    claim: `in ${PODS} of ${PODS} pods the app starts after its sidecar is up, and ends before it`,
    control: 'as a container beside the app, the sidecar is up later and ends first',
    needs: NEEDS,
    within: 600,
  },
  async () => {
    const app = namespace.emitted((chart) => {
      const web = testApp(chart, nodes, 'ordered', {
        replicas: PODS,
        resources,
        shutdown: Shutdown.graceful({ delay: Duration.seconds(8), drain: Duration.seconds(5) }),
      });
      web.addSidecar(
        Sidecar.restartable('proxy', {
          image,
          hasShell: false,
          resources,
          env: { PORT: '9000', START_AFTER: `${SLOW}s`, ON_TERM: 'drain', DRAIN_DELAY: `${SLOW}s` },
          ports: { proxy: 9000 },
          health: HealthCheck.http('/healthz', { startsWithin: Duration.seconds(20) }),
          startsBeforeApp: true,
          stopsWithin: Duration.seconds(SLOW + 2),
        }),
      );
    });
    const claim = await order(app);
    expect(claim).toEqual({ pods: PODS, 'app started after the sidecar': PODS, 'app ended first': PODS });
    const control = await order(beside(app));
    expect(control).toEqual({ pods: PODS, 'app started after the sidecar': 0, 'app ended first': 0 });
    return { claim, control };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'a task with a sidecar completes',
    control: 'as a container beside the task, the sidecar runs on, and the task never completes',
    needs: NEEDS,
  },
  async () => {
    const task = namespace.emitted((chart) => {
      const report = new BatchTask(chart, 'report', {
        image,
        command: ['/testapp'],
        args: ['sleep', '3s'],
        hasShell: false,
        resources,
        ...nodes.placement,
      });
      report.addSidecar(Sidecar.restartable('proxy', { image, hasShell: false, resources }));
    });
    await namespace.apply(task);
    const since = Date.now();
    await until('the task is complete', 60, async () => {
      const { status } = await api.get(namespace.named('batch/v1', 'Job', 'report'));
      return status.succeeded === 1 ? true : undefined;
    });
    const seconds = Math.round((Date.now() - since) / 1000);
    await api.delete(namespace.named('batch/v1', 'Job', 'report'));
    await until('the task is gone', 60, async () =>
      (await api.find(namespace.named('batch/v1', 'Job', 'report'))) ? undefined : true,
    );
    await namespace.apply(beside(task));
    await sleep(WATCHED * 1000);
    const { status } = await api.get(namespace.named('batch/v1', 'Job', 'report'));
    expect(status.active).toBe(1);
    return { claim: { 'complete after seconds': seconds }, control: { 'still active after seconds': WATCHED } };
  },
);

/** The classic form: the sidecar is one more container. */
function beside(manifests: readonly Manifest[]): Manifest[] {
  const move = (manifest: Manifest) => {
    const { initContainers, ...spec } = manifest.spec.template.spec;
    const moved = initContainers.map(({ restartPolicy: _, startupProbe: __, ...container }: any) => container);
    manifest.spec.template.spec = { ...spec, containers: [...spec.containers, ...moved] };
    return manifest;
  };
  const jobs = manifests.map((one) => (one.kind === 'Job' ? move(JSON.parse(JSON.stringify(one))) : one));
  return deployments(move)(jobs);
}

/** Starts the pods and stops them again; in how many of them the order was right. */
async function order(app: readonly Manifest[]): Promise<Record<string, number>> {
  const selector = 'app.kubernetes.io/instance=ordered';
  await namespace.apply(app);
  await namespace.rolledOut('ordered', 240);
  const pods = await namespace.pods(selector);
  const startedInOrder = pods.filter((pod) => {
    const [main, proxy] = [stateOf(pod, 'ordered'), stateOf(pod, 'proxy')];
    return Date.parse(main.running.startedAt) - Date.parse(proxy.running.startedAt) >= SLOW * 1000;
  });
  const gone = await namespace.goneOf(selector, pods.length, 120, () =>
    api.delete(namespace.named('apps/v1', 'Deployment', 'ordered')),
  );
  const endedFirst = gone.filter((pod) => {
    const [main, proxy] = [stateOf(pod, 'ordered'), stateOf(pod, 'proxy')];
    return Date.parse(proxy.terminated.finishedAt) - Date.parse(main.terminated.finishedAt) >= (SLOW - 1) * 1000;
  });
  return {
    pods: pods.length,
    'app started after the sidecar': startedInOrder.length,
    'app ended first': endedFirst.length,
  };
}

function stateOf({ status }: any, container: string): any {
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return all.find(({ name }) => name === container)?.state;
}
