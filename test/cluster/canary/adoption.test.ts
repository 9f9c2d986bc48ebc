import * as p from '../../../lib';
import { chartIn, WEB } from '../../support/apps';
import { CANDIDATE, pause, weight } from '../../support/releases';
import { objects } from '../../support/rules';
import { drill } from '../support/drill';
import { type Mesh, type MeshLoad, underRequests, withMesh } from '../support/mesh';
import { sleep } from '../support/run';

const LESSON = 'Canary: a live app gets an engine and loses it';
const NEEDS = ['mesh of files'] as const;
const REQUESTS = 5000;
const HOST = 'shop.example.com';
const ROUTES = ['VirtualService', 'HTTPRoute'];

const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: front, namespace: shop }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP, hostname: shop.example.com }]
`;

interface Row {
  readonly engine: () => p.CanaryEngine;
  /** The route that the app has before and after. */
  readonly exposed?: () => p.Exposure;
  readonly load: MeshLoad;
}

const ROWS: Readonly<Record<string, Row>> = {
  istio: {
    engine: () => p.CanaryEngine.istio(),
    load: { from: 'shop', host: 'web.shop.svc.cluster.local', requests: 100, concurrency: 4 },
  },
  gatewayApi: {
    engine: () => p.CanaryEngine.gatewayApi({ gateway: 'front', hosts: [HOST] }),
    exposed: () => p.Exposure.httpRoute({ gateway: 'front', hostnames: [HOST] }),
    load: { gateway: 'shop/front-istio', host: HOST, requests: 100, concurrency: 4 },
  },
};

type Objects = ReadonlyMap<string, any>;

const keyed = (yaml: string): Objects =>
  new Map(objects(yaml).map((one: any) => [`${one.kind} ${one.metadata.name}`, one]));
const isRoute = (key: string) => ROUTES.some((kind) => key.startsWith(`${kind} `));

/** The app by itself, and with a release at each stage. */
function manifestsOf({ engine, exposed }: Row): { alone: Objects; stages: Record<string, Objects> } {
  const appIn = (isReleased: boolean) => {
    const { app, chart } = chartIn({ target: p.TargetCluster.of({ istio: '1.30' }) });
    const web = new p.WebApp(chart, 'web', { ...WEB, servicePort: 80, replicas: 6 });
    if (!isReleased && exposed !== undefined) web.expose(exposed());
    return { app, chart, web };
  };
  const { app } = appIn(false);
  const { chart, web } = appIn(true);
  const plan = p.CanaryPlan.of(weight(25), pause(1), weight(100));
  const release = new p.CanaryRelease(chart, 'release', { app: web, candidate: CANDIDATE, plan, engine: engine() });
  const stages = release.stages().map(({ name, yaml }) => [name, keyed(yaml)] as const);
  return { alone: keyed(app.synthYaml()), stages: Object.fromEntries(stages) };
}

/** What is in the cluster, object by object. */
class Live {
  private objects = new Map<string, any>();

  public constructor(private readonly mesh: Mesh) {}

  /** As `kubectl apply` without `--prune`: in the order of the manifests, where routes come after what they lead to. */
  public async apply(manifests: Objects): Promise<void> {
    for (const isMeant of [(key: string) => !isRoute(key), isRoute]) {
      for (const [key, manifest] of manifests) if (isMeant(key)) this.objects.set(key, manifest);
      await this.show();
    }
  }

  /** Deletes what is not in the manifests any more: of all kinds, or of some. */
  public async prune(manifests: Objects, isMeant: (key: string) => boolean = () => true): Promise<void> {
    for (const key of [...this.objects.keys()]) {
      if (!manifests.has(key) && isMeant(key)) this.objects.delete(key);
    }
    await this.show();
  }

  private async show(): Promise<void> {
    const documents = [...this.objects.values()].map((one) => JSON.stringify(one));
    await this.mesh.apply([GATEWAY, ...documents].join('\n---\n'));
  }
}

drill(
  {
    lesson: LESSON,
    claim: `an app gets routes of Istio and of the Gateway API, a candidate at 25 %, an abort, and loses them again, under ${REQUESTS} requests, and none fails: what is new is applied before anything is deleted, and routes are deleted before what they lead to`,
    control: 'deleted at once with what they lead to still in use, or before the new route is there, requests fail',
    needs: NEEDS,
    within: 300,
  },
  async () => {
    const claim: Record<string, number> = {};
    const control: Record<string, number> = {};
    for (const [name, row] of Object.entries(ROWS)) {
      const { alone, stages } = manifestsOf(row);
      const at = (stage: string) => stages[stage] as Objects;
      await withMesh(GATEWAY, async (mesh) => {
        const live = new Live(mesh);
        await live.apply(alone);
        const { sent, failed, how } = await underRequests(mesh, row.load, REQUESTS, async () => {
          await live.apply(at('stable'));
          await live.prune(at('stable'));
          for (const stage of ['prepared', 'step-1', 'aborted']) await live.apply(at(stage));
          await live.apply(alone);
          await live.prune(alone, isRoute);
          await live.prune(alone);
        });
        expect({ name, failed, how }).toEqual({ name, failed: 0, how: '' });
        claim[`${name}, sent`] = sent;
        claim[`${name}, failed`] = failed;

        const hasty = await underRequests(mesh, row.load, REQUESTS, async () => {
          if (row.exposed !== undefined) await live.prune(at('stable'));
          await live.apply(at('step-1'));
          if (row.exposed === undefined) await live.prune(alone, (key) => !isRoute(key));
          await sleep(3000);
        });
        expect(hasty.failed).toBeGreaterThan(0);
        control[`${name}, failed`] = hasty.failed;
      });
    }
    return { claim, control };
  },
);
