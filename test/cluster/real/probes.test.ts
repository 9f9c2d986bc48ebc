import { Duration } from 'cdk8s';
import { HealthCheck } from '../../../lib';
import type { Manifest } from '../support/api';
import { testApp } from '../support/apps';
import { api, until } from '../support/cluster';
import { drill } from '../support/drill';
import { containers, mutated } from '../support/mutations';
import { Nodes } from '../support/nodes';
import { onRealNodes } from '../support/real';
import { sleep } from '../support/run';

const LESSON = 'Probes';
const NEEDS = ['controllers', 'real nodes', 'test app'] as const;
/** Seconds that a status may take from the kubelet to whoever looks. */
const TELLING = 3;

/** The readiness that a health check has by default, in failures and seconds. */
const { FAILURES, PERIOD, TIMEOUT } = { FAILURES: 2, PERIOD: 5, TIMEOUT: 2 };

const namespace = onRealNodes('probes');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.real(namespace);
});

const emitted = (name: string, health: HealthCheck, env: Record<string, string> = {}) =>
  namespace.emitted((chart) => testApp(chart, nodes, name, { health, env }));

/** The same app under another name. */
const renamed = (app: readonly Manifest[], from: string, to: string): Manifest[] =>
  JSON.parse(JSON.stringify(app).replaceAll(`"${from}"`, `"${to}"`));

drill(
  {
    lesson: LESSON,
    claim: 'an app that takes 40 s to listen is not restarted in its start',
    control: 'with a liveness probe of three failures in 30 s, and no startup probe, it is',
    needs: NEEDS,
  },
  async () => {
    const health = HealthCheck.http('/readyz', { alivePath: '/healthz', startsWithin: Duration.seconds(60) });
    const app = emitted('slow', health, { START_AFTER: '40s' });
    const impatient = containers(({ startupProbe: _, livenessProbe, ...container }) => ({
      ...container,
      livenessProbe: { ...livenessProbe, periodSeconds: 10, failureThreshold: 3 },
    }));
    await namespace.apply([...app, ...renamed(impatient(app), 'slow', 'slow-control')]);
    await namespace.rolledOut('slow', 120);
    const claim = await restarts('slow');
    const control = await until(
      'the impatient one is restarted',
      60,
      async () => (await restarts('slow-control')) || undefined,
    );
    expect(claim).toBe(0);
    return { claim: { restarts: claim }, control: { restarts: control } };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'a process whose liveness fails is stopped within `restartsWithin`, and is restarted once',
    control: 'without a liveness probe it goes on in that state',
    needs: NEEDS,
  },
  async () => {
    const health = HealthCheck.http('/readyz', { alivePath: '/healthz', restartsWithin: Duration.seconds(20) });
    const app = emitted('hung', health);
    const { failureThreshold, periodSeconds, timeoutSeconds, terminationGracePeriodSeconds } = app.find(
      ({ kind }) => kind === 'Deployment',
    ).spec.template.spec.containers[0].livenessProbe;
    const detected = failureThreshold * periodSeconds + timeoutSeconds;
    const ended = detected + terminationGracePeriodSeconds;
    expect(detected).toBeLessThanOrEqual(20);
    const without = containers(({ livenessProbe: _, ...container }) => container);
    await namespace.apply([...app, ...renamed(without(app), 'hung', 'hung-control')]);
    await namespace.rolledOut('hung');
    await namespace.rolledOut('hung-control');
    const [pod] = await podsOf('hung');
    const [other] = await podsOf('hung-control');
    const since = Date.now();
    await ask(pod, 'sick');
    await ask(other, 'sick');
    await until('the hung container is stopped', ended + TELLING, async () => (await killed(pod)) || undefined);
    const stopped = (Date.now() - since) / 1000;
    await until('it is restarted', ended + TELLING, async () => (await restartsOf(pod)) || undefined);
    const restarted = (Date.now() - since) / 1000;
    expect(stopped).toBeLessThanOrEqual(detected + TELLING);
    expect(restarted).toBeLessThanOrEqual(ended + TELLING);
    await sleep(detected * 1000);
    const claim = {
      restarts: await restartsOf(pod),
      'stopped after seconds': round(stopped),
      'restarted after seconds': round(restarted),
    };
    const control = { restarts: await restartsOf(other), 'watched for seconds': round((Date.now() - since) / 1000) };
    expect(claim.restarts).toBe(1);
    expect(control.restarts).toBe(0);
    return { claim: { ...claim, 'stopped at most after': detected, 'restarted at most after': ended }, control };
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'a pod that cannot serve leaves the endpoints within the time that its readiness probe promises, is never restarted, and comes back',
    control: 'without a readiness probe it stays among the endpoints',
    needs: NEEDS,
  },
  async () => {
    const health = HealthCheck.http('/', { alivePath: '/healthz' });
    const app = emitted('unready', health);
    const promised = FAILURES * PERIOD + TIMEOUT;
    await namespace.apply([...app, ...renamed(mutated(app, 'no-readiness'), 'unready', 'unready-control')]);
    await namespace.rolledOut('unready');
    await namespace.rolledOut('unready-control');
    const [pod] = await podsOf('unready');
    const [other] = await podsOf('unready-control');
    const since = Date.now();
    await ask(pod, 'fail?status=503');
    await ask(other, 'fail?status=503');
    await until('it leaves the endpoints', promised + TELLING, async () =>
      (await isEndpoint('unready', pod)) ? undefined : true,
    );
    const left = (Date.now() - since) / 1000;
    await sleep(promised * 1000);
    const stays = await isEndpoint('unready-control', other);
    await ask(pod, 'recover');
    await until(
      'it is back among the endpoints',
      promised + TELLING,
      async () => (await isEndpoint('unready', pod)) || undefined,
    );
    expect(stays).toBe(true);
    expect(await restartsOf(pod)).toBe(0);
    return {
      claim: { 'left after seconds': round(left), 'at most after': promised, restarts: 0 },
      control: { 'still an endpoint after seconds': round(left + promised) },
    };
  },
);

async function podsOf(name: string): Promise<[any, ...any[]]> {
  const pods = await namespace.pods(`app.kubernetes.io/instance=${name}`);
  if (pods.length === 0) throw new Error(`there is no pod of ${name}`);
  return pods as [any, ...any[]];
}

/** Asks a pod for a path, through the API server. */
async function ask(pod: any, path: string): Promise<void> {
  const { status } = await api.ask(
    'GET',
    `/api/v1/namespaces/${namespace.name}/pods/${pod.metadata.name}:8080/proxy/${path}`,
  );
  if (status >= 400 && status !== 503) throw new Error(`${pod.metadata.name} answers ${path} with ${status}`);
}

async function restarts(name: string): Promise<number> {
  const counts = await Promise.all((await podsOf(name)).map(restartsOf));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function restartsOf(pod: any): Promise<number> {
  const { status } = await api.get(namespace.named('v1', 'Pod', pod.metadata.name));
  return status.containerStatuses?.[0].restartCount ?? 0;
}

/** Whether the kubelet has said that it stops a container of the pod. */
async function killed(pod: any): Promise<boolean> {
  const selector = encodeURIComponent(`involvedObject.name=${pod.metadata.name},reason=Killing`);
  const { items } = await api.must('GET', `/api/v1/namespaces/${namespace.name}/events?fieldSelector=${selector}`);
  return items.length > 0;
}

async function isEndpoint(service: string, pod: any): Promise<boolean> {
  const selector = encodeURIComponent(`kubernetes.io/service-name=${service}`);
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace.name}/endpointslices?labelSelector=${selector}`;
  const { items } = await api.must('GET', path);
  const endpoints = items.flatMap((slice: any) => slice.endpoints ?? []);
  return endpoints.some(({ targetRef, conditions }: any) => targetRef.name === pod.metadata.name && conditions.ready);
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
