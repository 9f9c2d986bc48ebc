import { Duration } from 'cdk8s';
import { MountSource, Shutdown, StopStrategy } from '../../../lib';
import type { Manifest } from '../support/api';
import { testApp } from '../support/apps';
import { api } from '../support/cluster';
import { addressOf, deletedUnderLoad, known } from '../support/deletions';
import { drill } from '../support/drill';
import { type Load, losses, underLoad } from '../support/load';
import { containers, mutated } from '../support/mutations';
import { nginx } from '../support/nginx';
import { Nodes } from '../support/nodes';
import { found } from '../support/parts';
import { onRealNodes } from '../support/real';

const LESSON = 'Graceful shutdown';
const NEEDS = ['controllers', 'real nodes', 'load'] as const;
/** Pods of nginx that are deleted. */
const DELETED = found().long ? 20 : 4;
/** Long requests that are under way when their pods are told to stop. */
const UNDER_WAY = 20;
/** Seconds that each of them takes: longer than the delay. */
const LONG = 10;
const DELAY = Duration.seconds(5);

const namespace = onRealNodes('stop');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.real(namespace);
});

drill(
  {
    lesson: LESSON,
    claim: `${UNDER_WAY} of ${UNDER_WAY} requests of ${LONG} s are answered, though their pods are told to stop after 2 s`,
    control: 'with a grace period that only covers the delay they are cut off',
    needs: [...NEEDS, 'test app'],
  },
  async () => {
    const shutdown = Shutdown.graceful({ delay: DELAY, drain: Duration.seconds(LONG + 2) });
    const app = (name: string) =>
      namespace.emitted((chart) => void testApp(chart, nodes, name, { shutdown, env: { LATENCY: `${LONG}s` } }));
    const claim = await stopped('long', app('long'));
    const control = await stopped('long-control', mutated(app('long-control'), 'short-grace'));
    expect(claim).toMatchObject({ sent: UNDER_WAY, failed: 0 });
    expect(control.failed).toBeGreaterThan(0);
    return { claim: losses(claim), control: losses(control) };
  },
);

drill(
  {
    lesson: LESSON,
    claim: `nginx is told to quit after the delay: pods deleted under 200 requests a second lose none, and ${UNDER_WAY} of ${UNDER_WAY} downloads of ${LONG} s are finished`,
    control:
      'told to quit first, and to wait then, it refuses those that still come; told to stop by SIGTERM, it cuts the downloads off',
    needs: [...NEEDS, 'nginx'],
    within: 600,
  },
  async () => {
    const right = server('nginx');
    const reversed = scripted(server('nginx-reversed'), (script) => script.replace(/^(sleep \d+); (.*)$/, '$2; $1'));
    const terminated = scripted(server('nginx-term'), (script) => script.replace(/;.*$/, ''));
    const { load: claim } = await deletedUnderLoad(namespace, 'nginx', right, DELETED, '/healthz');
    const { load: late } = await deletedUnderLoad(namespace, 'nginx-reversed', reversed, 4, '/healthz');
    expect(claim.failed).toBe(0);
    expect(late.failed).toBeGreaterThan(0);
    const finished = await stopped('nginx', right, '/slow/file');
    const cut = await stopped('nginx-term', terminated, '/slow/file');
    expect(finished).toMatchObject({ sent: UNDER_WAY, failed: 0 });
    expect(cut.failed).toBeGreaterThan(0);
    return {
      claim: { ...losses(claim), 'downloads finished': finished.sent - finished.failed },
      control: { ...losses(late), 'downloads cut off': cut.failed },
    };
  },
);

/** Sends long requests, and deletes every pod while they are under way. */
async function stopped(name: string, app: readonly Manifest[], path = '/'): Promise<Load> {
  await namespace.apply(app);
  await namespace.rolledOut(name);
  await known();
  return underLoad(
    await addressOf(namespace, name, path),
    UNDER_WAY,
    async () => {
      for (const { metadata } of await namespace.pods(`app.kubernetes.io/instance=${name}`)) {
        await api.delete(namespace.named('v1', 'Pod', metadata.name));
      }
    },
    { patience: 2 * LONG, isExact: true },
  );
}

/** An nginx that takes `LONG` seconds for a file. */
function server(name: string): Manifest[] {
  return namespace.emitted((chart) => {
    const shutdown = Shutdown.graceful({ delay: DELAY, drain: Duration.seconds(2 * LONG), stop: StopStrategy.nginx() });
    const slow = `location /slow/ { limit_rate ${FILE / LONG}; }`;
    // two are deleted shortly after each other, and others must be left
    const web = nginx(chart, nodes, name, { replicas: 4, shutdown }, slow);
    web.mount('slow', { path: '/srv/slow', source: MountSource.config({ file: 'x'.repeat(FILE) }) });
  });
}

const FILE = 100_000;

/** The app with another script before it stops. */
function scripted(app: readonly Manifest[], change: (script: string) => string): Manifest[] {
  return containers((container) => {
    const [shell, option, script] = container.lifecycle.preStop.exec.command;
    return { ...container, lifecycle: { preStop: { exec: { command: [shell, option, change(script)] } } } };
  })(app);
}
