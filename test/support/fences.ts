import { ApiObject, Chart, Size } from 'cdk8s';
import * as p from '../../lib';
import type { EngineName } from '../../lib/network/engines/capabilities';

/** A target on which each engine works. */
export const NETWORK: p.ClusterNetworkProps = {
  calico: '3.32',
  pods: ['10.244.0.0/16'],
  apiServer: ['192.0.2.10:6443'],
  controlPlane: ['192.0.2.0/28'],
};

/** Every engine; a new one gets all suites by a row here. */
export const FENCE_ENGINES: Readonly<Record<EngineName, () => p.FenceEngine>> = {
  kubernetes: () => p.FenceEngine.kubernetes(),
  calico: () => p.FenceEngine.calico({ tier: 'apps' }),
  clusterNetworkPolicy: () => p.FenceEngine.clusterNetworkPolicy(),
};

export const ENGINE_NAMES = Object.keys(FENCE_ENGINES) as EngineName[];

/** A shop with three apps, a bank with one, and a fence around the shop. */
export interface Fenced {
  readonly app: p.ProductionApp;
  readonly shop: Chart;
  readonly bank: Chart;
  readonly frontend: p.WebApp;
  readonly checkout: p.WebApp;
  readonly mailer: p.Worker;
  readonly teller: p.WebApp;
  readonly fence: p.NamespaceFence;
}

const RESOURCES = p.Resources.request({ cpuMillis: 100, memory: Size.mebibytes(64) });

/** A web app on port 8080. */
export function webApp(chart: Chart, name: string, more: Partial<p.WebAppProps> = {}): p.WebApp {
  return new p.WebApp(chart, name, {
    image: `registry.example.com/${name}:1.0.0`,
    port: 8080,
    resources: RESOURCES,
    health: p.HealthCheck.http('/ready', { alivePath: '/live' }),
    ...more,
  });
}

/** Fences a shop with an engine. */
export function fenced(
  engine: EngineName | p.FenceEngine = 'kubernetes',
  network: Partial<p.ClusterNetworkProps> = {},
  more: Partial<p.NamespaceFenceProps> = {},
): Fenced {
  const prometheus = 'http://prometheus.monitoring:9090';
  const target = p.TargetCluster.of({ prometheus, network: p.ClusterNetwork.of({ ...NETWORK, ...network }) });
  const app = new p.ProductionApp({ target });
  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  const bank = new Chart(app, 'bank', { namespace: 'bank' });
  const frontend = webApp(shop, 'frontend');
  const used = typeof engine === 'string' ? FENCE_ENGINES[engine]() : engine;
  const fence = new p.NamespaceFence(shop, 'fence', { engine: used, ...more });
  const checkout = webApp(shop, 'checkout');
  const mailer = new p.Worker(shop, 'mailer', {
    image: 'registry.example.com/mailer:1.0.0',
    resources: RESOURCES,
    health: p.HealthCheck.command(['/alive']),
  });
  const teller = webApp(bank, 'teller');
  return { app, shop, bank, frontend, checkout, mailer, teller, fence };
}

/** The objects of an app as they would be written now. */
export function objectsIn({ app }: Pick<Fenced, 'app'>): any[] {
  return app.node.findAll().flatMap((one) => (ApiObject.isApiObject(one) ? [one.toJson()] : []));
}

/** Its policies. */
export function policiesOf(all: Pick<Fenced, 'app'>): any[] {
  return objectsIn(all).filter(({ kind }) => kind.endsWith('NetworkPolicy'));
}
