// The Online Boutique behind a fence of Calico 3.31: who calls whom is a table, and nobody else does. The apps in full: ../online-boutique.
import { Chart, Size } from 'cdk8s';
import * as p from 'cdk8s-patterns';

const PORTS = {
  adservice: 9555,
  cartservice: 7070,
  checkoutservice: 5050,
  currencyservice: 7000,
  emailservice: 8080,
  frontend: 8080,
  paymentservice: 50051,
  productcatalogservice: 3550,
  recommendationservice: 8080,
  shippingservice: 50051,
  'redis-cart': 6379,
} as const;
type Name = keyof typeof PORTS;

const CALLS: Partial<Record<Name, Name[]>> = {
  frontend: [
    'adservice',
    'cartservice',
    'checkoutservice',
    'currencyservice',
    'productcatalogservice',
    'recommendationservice',
    'shippingservice',
  ],
  checkoutservice: [
    'cartservice',
    'currencyservice',
    'emailservice',
    'paymentservice',
    'productcatalogservice',
    'shippingservice',
  ],
  recommendationservice: ['productcatalogservice'],
  cartservice: ['redis-cart'],
};

const network = p.ClusterNetwork.of({ calico: '3.31' });
const app = new p.ProductionApp({ target: p.TargetCluster.of({ network }) });
const boutique = new Chart(app, 'network-online-boutique', { namespace: 'boutique' });
new p.FenceTier(boutique, 'apps', { order: 500 });
const fence = new p.NamespaceFence(boutique, 'fence', { engine: p.FenceEngine.calico({ tier: 'apps' }) });

const resources = p.Resources.request({ cpuMillis: 100, memory: Size.mebibytes(128) });
const services = new Map<Name, p.WebApp>();
for (const [name, port] of Object.entries(PORTS) as [Name, number][]) {
  const image = `registry.example.com/boutique/${name}:0.10.6`;
  services.set(name, new p.WebApp(boutique, name, { image, port, resources, health: p.HealthCheck.tcp() }));
}
const load = new p.Worker(boutique, 'loadgenerator', {
  image: 'registry.example.com/boutique/loadgenerator:0.10.6',
  resources,
  health: p.HealthCheck.exitsOnFatal(),
});

const peer = (name: Name) => p.Peer.workload(services.get(name) as p.WebApp);
for (const [caller, called] of Object.entries(CALLS) as [Name, Name[]][]) {
  for (const name of called) fence.allow(peer(caller), peer(name));
}
fence.allow(p.Peer.workload(load), peer('frontend'));
fence.allow(p.Peer.anywhere(), peer('frontend'));

app.synth();
