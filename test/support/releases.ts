import { type Chart, Duration } from 'cdk8s';
import * as p from '../../lib';
import type { EngineName } from '../../lib/canary/engines/capabilities';
import { chartIn, WEB } from './apps';

/** One engine, with what its app needs. */
export interface EngineRow {
  readonly engine: () => p.CanaryEngine;
  readonly app: Partial<p.WebAppProps>;
}

const PUBLIC = { gateways: ['infra/public'], hosts: ['shop.example.com'] };
const GATEWAY = { gateway: 'infra/public', hosts: ['shop.example.com'] };
const SCALED = { autoscaling: p.Autoscaling.between(4, 12, { cpuPercent: 70 }) };
const TWENTY = { replicas: 20 };

/** Every engine; a new one gets all suites by a row here. */
export const ENGINE_ROWS: Readonly<Record<EngineName, EngineRow>> = {
  replicaRatio: { engine: () => p.CanaryEngine.replicaRatio(), app: TWENTY },
  istio: { engine: () => p.CanaryEngine.istio(PUBLIC), app: TWENTY },
  gatewayApi: { engine: () => p.CanaryEngine.gatewayApi(GATEWAY), app: TWENTY },
  argoRollouts: { engine: () => p.CanaryEngine.argoRollouts(), app: TWENTY },
  'argoRollouts with istio': {
    engine: () => p.CanaryEngine.argoRollouts({ router: p.CanaryEngine.istio(PUBLIC) }),
    app: TWENTY,
  },
  'argoRollouts with gatewayApi': {
    engine: () => p.CanaryEngine.argoRollouts({ router: p.CanaryEngine.gatewayApi(GATEWAY) }),
    app: TWENTY,
  },
  'flagger with istio': {
    engine: () => p.CanaryEngine.flagger({ router: p.CanaryEngine.istio(PUBLIC) }),
    app: SCALED,
  },
  'flagger with gatewayApi': {
    engine: () => p.CanaryEngine.flagger({ router: p.CanaryEngine.gatewayApi(GATEWAY) }),
    app: SCALED,
  },
};

export const ENGINE_NAMES = Object.keys(ENGINE_ROWS) as EngineName[];

export const CANDIDATE = 'registry.example.com/web:1.1.0';

export const weight = (percent: number) => p.CanaryStep.weight(p.Weight.percent(percent));
export const pause = (minutes: number) => p.CanaryStep.pause(Duration.minutes(minutes));
export const successGate = () => p.CanaryStep.gate(p.Gate.successRate(99.5));

/** A plan that every engine can walk with 20 pods. */
export function commonPlan(): p.CanaryPlan {
  const gates = () => p.CanaryStep.gate(p.Gate.successRate(99.5), p.Gate.latency(p.Quantile.P99, Duration.millis(400)));
  return p.CanaryPlan.of(
    weight(5),
    pause(10),
    gates(),
    weight(25),
    pause(10),
    gates(),
    p.CanaryStep.approval(),
    weight(100),
  );
}

/** What is not the same in every test. */
export interface Variation {
  readonly app?: Partial<p.WebAppProps>;
  readonly release?: Partial<p.CanaryReleaseProps>;
  readonly target?: p.TargetClusterProps;
}

/** An app with a release. */
export interface Released {
  readonly app: p.ProductionApp;
  readonly chart: Chart;
  readonly web: p.WebApp;
  readonly release: p.CanaryRelease;
}

/** Releases an app with an engine. */
export function released(engine: EngineName, { app: more, release, target }: Variation = {}): Released {
  const row = ENGINE_ROWS[engine];
  const known = p.TargetCluster.of({ istio: '1.30', prometheus: 'http://prometheus.monitoring:9090', ...target });
  const { app, chart } = chartIn({ target: known });
  const web = new p.WebApp(chart, 'web', { ...WEB, ...row.app, ...more });
  return { app, chart, web, release: releaseOf(chart, web, engine, release) };
}

/** A release of an app that is there. */
export function releaseOf(
  chart: Chart,
  web: p.WebApp,
  engine: EngineName,
  more: Partial<p.CanaryReleaseProps> = {},
): p.CanaryRelease {
  return new p.CanaryRelease(chart, `${web.name}-release`, {
    app: web,
    candidate: CANDIDATE,
    plan: commonPlan(),
    expects: p.Traffic.requestsPerSecond(50),
    engine: ENGINE_ROWS[engine].engine(),
    ...more,
  });
}

/** The objects of a chart as they would be written now. */
export function objectsOf(chart: Chart): any[] {
  return chart.node.findAll().flatMap((one) => ('toJson' in one && one !== chart ? [(one as any).toJson()] : []));
}
