import { Duration } from 'cdk8s';
import * as p from '../../../lib';
import { chartIn, WEB } from '../../support/apps';
import { CANDIDATE, pause, weight } from '../../support/releases';
import { objects } from '../../support/rules';
import { drill } from '../support/drill';
import { analyzed, type Mesh, type MeshAnswers, shareOf, withMesh } from '../support/mesh';
import { found } from '../support/parts';

const LESSON = 'Canary: where requests go';
const NEEDS = ['mesh of files'] as const;
const REQUESTS = found().long ? 20_000 : 2000;
const TESTERS = 200;
const HOST = 'shop.example.com';
const ISTIO_GATEWAY = 'istio-system/istio-ingressgateway';
const SERVICE = 'web.shop.svc.cluster.local';
const CANARY = 'track=canary';
const STABLE = 'track=stable';

/** What the manifests of an app take for granted. */
const AROUND = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: infra }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: front, namespace: shop }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP, hostname: shop.example.com }]
---
`;

const istio = (more: p.IstioEngineOptions = {}) =>
  p.CanaryEngine.istio({ gateways: ['infra/public'], hosts: [HOST], ...more });
const gatewayApi = () => p.CanaryEngine.gatewayApi({ gateway: 'front', hosts: [HOST] });

const PLAN = () => p.CanaryPlan.of(weight(5), pause(1), weight(25), pause(1), weight(50), pause(1), weight(100));

interface Row {
  readonly engine: () => p.CanaryEngine;
  readonly gateway: string;
}

/** Engines whose requests come in by a gateway. */
const ROUTED: Readonly<Record<string, Row>> = {
  istio: { engine: istio, gateway: ISTIO_GATEWAY },
  gatewayApi: { engine: gatewayApi, gateway: 'shop/front-istio' },
};

/** The stages of a release of 20 pods, with what is around it. */
function stagesOf(engine: p.CanaryEngine, more: Partial<p.CanaryReleaseProps> = {}): Record<string, string> {
  const { chart } = chartIn({ target: p.TargetCluster.of({ istio: '1.30' }) });
  const app = new p.WebApp(chart, 'web', { ...WEB, servicePort: 80, replicas: 20 });
  const release = new p.CanaryRelease(chart, 'release', { app, candidate: CANDIDATE, plan: PLAN(), engine, ...more });
  return Object.fromEntries(release.stages().map(({ name, yaml }) => [name, AROUND + yaml]));
}

/** A step of a release, where there is one. */
const step = (stages: Record<string, string>, name: string): string => stages[name] as string;

const throughGateway = (gateway: string) => ({ gateway, host: HOST, requests: REQUESTS });
const fromMesh = { from: 'shop', host: SERVICE, requests: REQUESTS };

/** Only answers of pods, all good. */
function expectGood({ status, errors, requests }: MeshAnswers): void {
  expect({ status, errors }).toEqual({ status: { 200: requests }, errors: {} });
}

drill(
  {
    lesson: LESSON,
    claim: `at each step, by a Gateway of Istio and by one of the Gateway API, the candidate gets its share of ${REQUESTS} requests within 4 sigma; ${TESTERS} of ${TESTERS} testers meet it, and before it has pods nobody does`,
    control: 'with replicas in the place of routes, testers meet whatever pod comes next',
    needs: NEEDS,
  },
  async () => {
    const claim: Record<string, number | string> = {};
    const testers = p.Testers.header('x-canary', 'always');
    for (const [name, { engine, gateway }] of Object.entries(ROUTED)) {
      const stages = stagesOf(engine(), { testers });
      await withMesh(step(stages, 'stable'), async (mesh) => {
        const before = await mesh.load({
          ...throughGateway(gateway),
          requests: TESTERS,
          headers: { 'x-canary': 'always' },
        });
        expectGood(before);
        expect(before.labels[CANARY]).toBeUndefined();
        for (const [stage, percent] of Object.entries({ 'step-1': 5, 'step-2': 25, 'step-3': 50, 'step-4': 100 })) {
          await mesh.apply(step(stages, stage));
          const answers = await mesh.load(throughGateway(gateway));
          expectGood(answers);
          const { share, fits } = shareOf(answers, CANARY, percent);
          expect({ name, stage, share, fits }).toMatchObject({ fits: true });
          claim[`${name}, ${percent} %`] = share;
          const tried = await mesh.load({
            ...throughGateway(gateway),
            requests: TESTERS,
            headers: { 'X-Canary': 'always' },
          });
          expect(tried.labels[CANARY]).toBe(TESTERS);
        }
      });
    }
    const stages = stagesOf(p.CanaryEngine.replicaRatio());
    const control = await withMesh(step(stages, 'step-1'), (mesh) =>
      mesh.load({ ...fromMesh, requests: TESTERS, headers: { 'x-canary': 'always' } }),
    );
    expect(control.labels[CANARY] ?? 0).toBeLessThan(TESTERS / 2);
    return { claim, control: { 'testers at the candidate': control.labels[CANARY] ?? 0, of: TESTERS } };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'with routes of Istio or the Gateway API the share stays when the stable pods are halved',
    control: 'with replicas it does not',
    needs: NEEDS,
  },
  async () => {
    const measured = async (engine: p.CanaryEngine, load: (mesh: Mesh) => Promise<MeshAnswers>) => {
      const yaml = step(stagesOf(engine), 'step-2');
      return withMesh(halved(yaml), async (mesh) => shareOf(await load(mesh), CANARY, 25));
    };
    const byIstio = await measured(istio(), (mesh) => mesh.load(throughGateway(ISTIO_GATEWAY)));
    const byGateway = await measured(gatewayApi(), (mesh) => mesh.load(throughGateway('shop/front-istio')));
    const byPods = await measured(p.CanaryEngine.replicaRatio(), (mesh) => mesh.load(fromMesh));
    expect([byIstio.fits, byGateway.fits, byPods.fits]).toEqual([true, true, false]);
    return {
      claim: { 'of 25 %, by Istio': byIstio.share, 'by the Gateway API': byGateway.share },
      control: { 'of 25 %, by pods': byPods.share },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'the same plan gives the same share by Istio, through a gateway and in the mesh, and by the Gateway API, within 4 sigma of the difference',
    control: 'one step further it does not',
    needs: NEEDS,
  },
  async () => {
    const shares: number[] = [];
    const ways = {
      'Istio, by a gateway': { engine: istio(), load: throughGateway(ISTIO_GATEWAY) },
      'Istio, in the mesh': { engine: istio(), load: fromMesh },
      'Gateway API, by a Gateway': { engine: gatewayApi(), load: throughGateway('shop/front-istio') },
    };
    const claim: Record<string, number> = {};
    for (const [name, { engine, load }] of Object.entries(ways)) {
      const answers = await withMesh(step(stagesOf(engine), 'step-2'), (mesh) => mesh.load(load));
      expectGood(answers);
      const { share } = shareOf(answers, CANARY, 25);
      claim[name] = share;
      shares.push(share / 100);
    }
    const sigma = Math.sqrt((2 * 0.25 * 0.75) / REQUESTS);
    for (const share of shares) expect(Math.abs(share - (shares[0] as number))).toBeLessThanOrEqual(4 * sigma);
    const further = await withMesh(step(stagesOf(istio()), 'step-3'), (mesh) => mesh.load(fromMesh));
    const { share } = shareOf(further, CANARY, 25);
    expect(Math.abs(share / 100 - (shares[0] as number))).toBeGreaterThan(4 * sigma);
    const pods = await withMesh(step(stagesOf(p.CanaryEngine.replicaRatio()), 'step-2'), (mesh) => mesh.load(fromMesh));
    return {
      claim,
      control: { 'the next step': share, 'by pods, as an Envoy balances': shareOf(pods, CANARY, 25).share },
    };
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'a release that follows its caller never mixes versions: new callers meet the new version, old ones the old one',
    control: 'without following, callers of both versions meet both',
    needs: NEEDS,
  },
  async () => {
    const mixed = async (follows: boolean) => {
      const { chart, app } = chartIn({ target: p.TargetCluster.of({ istio: '1.30' }) });
      const release = (name: string, leaders: p.CanaryRelease[]) =>
        new p.CanaryRelease(chart, `${name}-release`, {
          app: new p.WebApp(chart, name, { ...WEB, servicePort: 80, replicas: 4 }),
          candidate: CANDIDATE,
          plan: p.CanaryPlan.of(weight(10), pause(1), weight(100)),
          engine: p.CanaryEngine.istio(),
          follows: leaders,
          stage: p.CanaryStage.step(1),
        });
      const front = release('front', []);
      release('web', follows ? [front] : []);
      return withMesh(app.synthYaml(), async (mesh) => {
        let count = 0;
        for (const [track, other] of [
          ['canary', STABLE],
          ['stable', CANARY],
        ]) {
          const as = { 'app.kubernetes.io/instance': 'front', track: track as string };
          const answers = await mesh.load({ ...fromMesh, as });
          expectGood(answers);
          count += answers.labels[other as string] ?? 0;
        }
        return count;
      });
    };
    const [claim, control] = [await mixed(true), await mixed(false)];
    expect(claim).toBe(0);
    expect(control).toBeGreaterThan(REQUESTS / 2);
    return { claim: { 'mixed calls': claim, of: 2 * REQUESTS }, control: { 'mixed calls': control } };
  },
);

drill(
  {
    lesson: LESSON,
    claim: 'retries, the timeout and the ejection of failing pods do what was asked for',
    control: 'without them, requests fail, wait, and go on to pods that fail',
    needs: NEEDS,
  },
  async () => {
    const careful = istio({ retries: 1, timeout: Duration.seconds(1), ejectAfterErrors: 5 });
    const careless = istio({ retries: 0, ejectAfterErrors: 0 });
    const measured = (engine: p.CanaryEngine) =>
      withMesh(step(stagesOf(engine), 'step-3'), async (mesh) => {
        const load = { ...throughGateway(ISTIO_GATEWAY), requests: 200 };
        const pods = { 'app.kubernetes.io/instance': 'web' };
        await mesh.faults({ selector: pods, status: 503, attempts: 1 });
        const tried = await mesh.load(load);
        await mesh.faults({ selector: pods, delayMs: 2000 });
        const slow = await mesh.load({ ...load, requests: 32 });
        await mesh.faults({ selector: { track: 'canary' }, status: 500 });
        await mesh.load({ ...load, requests: 2000, concurrency: 1 });
        const stats = await mesh.envoy(ISTIO_GATEWAY, 'stats?filter=canary.*outlier_detection.ejections_active');
        return {
          'failed though a second try would do': tried.status[503] ?? 0,
          'slowest answer, ms': Math.round(slow.latencyMs.max ?? 0),
          'failing pods taken out': [...stats.matchAll(/: (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0),
        };
      });
    const [claim, control] = [await measured(careful), await measured(careless)];
    expect(claim['failed though a second try would do']).toBe(0);
    expect(control['failed though a second try would do']).toBe(200);
    expect(claim['slowest answer, ms']).toBeLessThan(1500);
    expect(control['slowest answer, ms']).toBeGreaterThan(1900);
    // at most half of the candidate's 20
    expect([claim['failing pods taken out'], control['failing pods taken out']]).toEqual([10, 0]);
    return { claim, control };
  },
);

drill(
  {
    lesson: LESSON,
    claim: "Istio's own analyzers have nothing against any stage of a release",
    control:
      'a subset that is not defined is found by them and by us (canary/subset-missing), and its requests end with errors',
    needs: NEEDS,
  },
  async () => {
    let judged = 0;
    for (const engine of [istio(), gatewayApi(), p.CanaryEngine.argoRollouts({ router: istio() })]) {
      for (const yaml of Object.values(allStages(engine))) {
        expect(analyzed(yaml).filter((finding) => !finding.startsWith('Info'))).toEqual([]);
        judged += 1;
      }
    }
    const broken = step(stagesOf(istio()), 'step-3').replace(
      '    - labels:\n        track: canary\n      name: canary\n',
      '',
    );
    expect(broken).not.toBe(step(stagesOf(istio()), 'step-3'));
    expect(analyzed(broken)).toContainEqual(expect.stringContaining('IST0101'));
    const { open } = p.ManifestCheck.of(objects(broken));
    expect(open.map(({ id }) => id)).toContain('canary/subset-missing');
    const answers = await withMesh(broken, (mesh) => mesh.load({ ...throughGateway(ISTIO_GATEWAY), requests: 400 }));
    expect(answers.status[503]).toBeGreaterThan(100);
    return { claim: { 'stages judged': judged }, control: { 'answers 503 of 400': answers.status[503] ?? 0 } };
  },
);

/** Every stage, or all that there is where a controller walks. */
function allStages(engine: p.CanaryEngine): Record<string, string> {
  if (engine._router !== undefined && engine._engine.name !== 'argoRollouts with istio') return stagesOf(engine);
  const { app, chart } = chartIn({ target: p.TargetCluster.of({ istio: '1.30' }) });
  const web = new p.WebApp(chart, 'web', { ...WEB, servicePort: 80, replicas: 20 });
  new p.CanaryRelease(chart, 'release', { app: web, candidate: CANDIDATE, plan: PLAN(), engine });
  return { only: AROUND + app.synthYaml() };
}

/** Half of the stable pods. */
function halved(yaml: string): string {
  const from = /(name: web\n {2}namespace: shop\nspec:[\s\S]*?replicas: )(\d+)/;
  expect(yaml).toMatch(from);
  return yaml.replace(from, (_, before, pods) => `${before}${Math.floor(Number(pods) / 2)}`);
}
