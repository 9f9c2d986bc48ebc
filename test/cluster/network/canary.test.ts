import { Chart, Duration, Size } from 'cdk8s';
import * as p from '../../../lib';
import { objects } from '../../support/rules';
import type { Manifest } from '../support/api';
import { AROUND } from '../support/around';
import { drill } from '../support/drill';
import { evaluated, packets } from '../support/evaluator';

const PROMETHEUS = p.Peer.podsIn('monitoring', { app: 'prometheus' });

/** An app in the middle of a release by Istio, in a fence, with what talks to it. */
function fencedRelease({ completed = true } = {}): Manifest[] {
  const network = p.ClusterNetwork.of({ calico: '3.31', mesh: p.MeshMode.SIDECAR });
  const target = p.TargetCluster.of({ istio: '1.30', prometheus: 'http://prometheus.monitoring:9090', network });
  const app = new p.ProductionApp({ target });
  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  const checkout = new p.WebApp(shop, 'checkout', {
    image: 'registry.example.com/checkout:1.4.2',
    port: 8080,
    replicas: 4,
    resources: p.Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
    health: p.HealthCheck.http('/ready', { alivePath: '/live' }),
  });
  const fence = new p.NamespaceFence(shop, 'fence', { engine: p.FenceEngine.calico(), scrapedBy: [PROMETHEUS] });
  fence.allow(p.Peer.istioGateway('istio-system/public'), p.Peer.workload(checkout));
  new p.CanaryRelease(shop, 'release', {
    app: checkout,
    candidate: 'registry.example.com/checkout:1.5.0',
    plan: p.CanaryPlan.of(
      p.CanaryStep.weight(p.Weight.percent(25)),
      p.CanaryStep.pause(Duration.minutes(10)),
      p.CanaryStep.gate(p.Gate.successRate(99)),
      p.CanaryStep.weight(p.Weight.percent(100)),
    ),
    expects: p.Traffic.requestsPerSecond(50),
    engine: p.CanaryEngine.istio(),
    stage: p.CanaryStage.step(1),
  });
  if (!completed) {
    for (const one of [p.FenceCompletion.SCRAPES, p.FenceCompletion.MESH, p.FenceCompletion.DNS]) {
      fence.without(one, 'to see what happens');
    }
  }
  const isMeant = ({ kind }: Manifest) => /Policy$|^Deployment$|^Service$/.test(kind);
  return [...objects(app.synthYaml()).filter(isMeant), ...AROUND];
}

const TRACKS = ['shop/checkout', 'shop/checkout-canary'];
/** What routing needs, and what the gate needs, for both versions. */
const ROUTED = TRACKS.map((to) => ({ from: 'istio-system/public-istio', to, port: 8080 }));
const NEEDED = TRACKS.flatMap((track) => [
  { from: 'monitoring/prometheus', to: track, port: 15020 },
  { from: 'monitoring/prometheus', to: track, port: 15090 },
  { from: track, to: 'istio-system/istiod', port: 15012 },
  { from: track, to: 'kube-system/coredns', port: 53 },
]);
const tcp = (flows: readonly { from: string; to: string; port: number }[]) =>
  flows.map((flow) => ({ ...flow, protocol: 'tcp' }));

drill(
  {
    lesson: 'Network: who reaches whom',
    claim:
      'in a fence around an app whose release is under way, everything that routing and the gate need gets through, to the stable version and to the candidate, as Calico judges and by real packets',
    control: 'without the completions none of what they open does, and a stranger gets in by no way',
    needs: ['policy evaluator', 'packets'],
    within: 280,
  },
  async () => {
    const flows = tcp([...ROUTED, ...NEEDED]);
    const strangers = tcp(TRACKS.map((to) => ({ from: 'kube-system/coredns', to, port: 8080 })));
    const manifests = fencedRelease();
    const judged = evaluated(manifests, [...flows, ...strangers]);
    expect([judged.refused, judged.withoutEffect]).toEqual([[], []]);
    const verdicts = judged.flows.map(({ verdict }) => verdict);
    expect(verdicts).toEqual([...flows.map(() => 'allow'), ...strangers.map(() => 'deny')]);
    const claim = packets(manifests, [...flows, ...strangers]);
    expect(claim).toEqual({ passed: flows.length + strangers.length, failed: 0 });

    const bare = fencedRelease({ completed: false });
    const without = evaluated(bare, tcp(NEEDED)).flows.filter(({ verdict }) => verdict === 'allow');
    expect(without).toEqual([]);
    const control = packets(bare, tcp(NEEDED));
    expect(control).toEqual({ passed: NEEDED.length, failed: 0 });
    return {
      claim: { 'connections tried': flows.length, 'got through': flows.length, 'of 2 by strangers': 0 },
      control: { 'connections without their completion': NEEDED.length, 'got through': 0 },
    };
  },
);
