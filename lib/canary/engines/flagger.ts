import { int } from '../../facts/read';
import { emit, type FlaggerCanarySpecManifest, type MetricTemplateSpecManifest } from '../../manifests';
import { EXPECTS_PER_SECOND } from '../../values/annotations';
import { whole } from '../../values/bounds';
import { invalid } from '../../values/invalid';
import { httpAddress } from '../../values/names';
import { heldFor, type Phase, type TimedGate } from '../canary-plan';
import { asksPrometheus, type GateIntent, goodRange } from '../gate';
import { addressOf, gatesOf } from '../gate-query';
import type { FlaggerEngineOptions } from '../props';
import { labelsOf } from '../released-app';
import { Telemetry } from '../telemetry';
import { type Engine, FIRST_INSTALLATION_NOTE, hostOf, portOf, type Release } from './engine';
import type { GatewayIntent } from './gateway-api';
import { type MeshIntent, routeManners } from './mesh-routes';

/** What divides the requests under Flagger. */
export type FlaggerRouter =
  | { readonly kind: 'istio'; readonly intent: MeshIntent }
  | { readonly kind: 'gatewayApi'; readonly intent: GatewayIntent };

const LOAD_TESTER = 'http://flagger-loadtester.flagger-system';
const FAILED_CHECKS = 1;
/** Flagger looks no more often. */
const LEAST_INTERVAL = 10;
const PROGRESS_DEADLINE = 600;

/** The controller of Flagger copies the Deployment, makes Services and routes, and walks the plan. */
export function flagger(router: FlaggerRouter, options: FlaggerEngineOptions): Engine {
  const where = 'CanaryEngine.flagger';
  const { failedChecks = FAILED_CHECKS, loadTester = LOAD_TESTER, loadTest } = options;
  whole(`${where}: failedChecks`, failedChecks);
  httpAddress(`${where}: loadTester`, loadTester);

  const engine: Engine = {
    name: `flagger with ${router.kind}`,
    telemetry: router.kind === 'istio' ? Telemetry.istio() : Telemetry.app(),
    check,

    emit(release) {
      const { scope, app } = release;
      for (const gate of gatesOf(release.plan))
        if (isAskedByTemplate(release, gate)) emitTemplate(engine, release, gate);
      const head = { apiVersion: 'flagger.app/v1beta1', kind: 'Canary' };
      const { perSecond } = release;
      const annotations = {
        ...FIRST_INSTALLATION_NOTE,
        ...(perSecond !== undefined && { [EXPECTS_PER_SECOND]: String(perSecond) }),
      };
      const metadata = { name: app.workload, labels: labelsOf(app, app.workload), annotations };
      emit<{ spec: FlaggerCanarySpecManifest }>(
        scope,
        'Canary',
        { ...head, metadata },
        {
          spec: () => ({
            provider: router.kind === 'istio' ? 'istio' : 'gatewayapi:v1',
            targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: app.workload },
            autoscalerRef: autoscalerOf(release),
            progressDeadlineSeconds: int(app.deployment?.spec.progressDeadlineSeconds) ?? PROGRESS_DEADLINE,
            skipAnalysis: release.stage.isPromoted ? true : undefined,
            service: serviceOf(release, router),
            analysis: {
              interval: `${intervalOf(release)}s`,
              threshold: failedChecks,
              stepWeights: measured(release).map(({ percent }) => percent),
              metrics: metricsOf(release),
              webhooks: webhooksOf(release, loadTester, loadTest),
            },
          }),
        },
      );
    },

    claims({ candidate, stage }) {
      const isRunning = stage.stage._kind !== 'stable' && stage.stage._kind !== 'aborted';
      return { image: isRunning ? candidate?.image : undefined };
    },

    pods: ({ app }, { share }) => ({ stable: app.pods ?? 1, candidate: share === 0 ? 0 : (app.pods ?? 1) }),

    lowestPods: ({ app }) => app.pods ?? 1,
    growsFirst: () => undefined,
    controllerFields: ({ app }) => [
      { group: 'apps', kind: 'Deployment', name: app.workload, jsonPointers: ['/spec/replicas'] },
    ],

    series({ app, candidate }) {
      const namespace = app.namespace ?? 'default';
      return {
        namespace,
        container: candidate?.container ?? app.name,
        istio: `reporter="destination",destination_workload="${app.workload}",destination_workload_namespace="${namespace}"`,
        // \`track\` is the same on both: the primary is a copy
        own: `pod=~"${app.workload}-[0-9a-z]+-[0-9a-z]+"`,
      };
    },
  };
  return engine;

  function isAskedByTemplate(release: Release, gate: GateIntent): boolean {
    if (!asksPrometheus(gate)) return false;
    return router.kind !== 'istio' || release.telemetry !== undefined || builtIn(gate) === undefined;
  }

  function metricsOf(release: Release): object[] {
    return gatesIn(measured(release)[0]).flatMap(({ gate, window }) => {
      if (gate.measure.kind === 'webhook') return [];
      const common = { interval: `${window}s`, thresholdRange: goodRange(gate.measure) };
      const template = gate.measure.kind === 'template' ? gate.name : templateName(release, gate);
      const isBuiltIn = asksPrometheus(gate) && !isAskedByTemplate(release, gate);
      return [
        { ...(isBuiltIn ? { name: builtIn(gate) } : { name: gate.name, templateRef: { name: template } }), ...common },
      ];
    });
  }
}

/** The phases that Flagger judges; from the last one it goes to 100 % by itself. */
function measured({ plan }: Release): readonly Phase[] {
  return plan.phases.slice(0, -1);
}

function gatesIn(phase: Phase | undefined): readonly TimedGate[] {
  return (phase?.actions ?? []).flatMap((action) => (action.kind === 'gate' ? action.gates : []));
}

function intervalOf(release: Release): number {
  return heldFor(measured(release)[0]?.actions ?? []);
}

/** Flagger has one interval, and asks every gate after each. */
function check(release: Release): void {
  const { app, plan } = release;
  if (autoscalerName(release) === undefined) {
    const problem =
      'Flagger sets the pods of the Deployment to none, and without an autoscaler nothing says how many its copy has';
    throw invalid('app', problem, 'use autoscaling: Autoscaling.between(2, 6, { cpuPercent: 70 })');
  }
  if (app.port === undefined)
    throw invalid('target', 'Flagger makes a Service for a port', 'give ReleaseTarget.named a port');
  const phases = measured(release);
  const interval = intervalOf(release);
  if (interval < LEAST_INTERVAL) {
    const problem = `the first weight holds for ${interval}s, and Flagger looks every ${LEAST_INTERVAL}s at most`;
    throw invalid('plan', problem, `put CanaryStep.pause(Duration.seconds(${LEAST_INTERVAL})) after it`);
  }
  const uneven = phases.find((phase) => heldFor(phase.actions) !== interval);
  if (uneven !== undefined) {
    const problem = `Flagger has one interval: ${uneven.percent}% holds for ${heldFor(uneven.actions)}s, and the first weight for ${interval}s`;
    throw invalid(
      'plan',
      problem,
      `pause for ${interval}s after each weight below 100%, or use an engine that can: CanaryEngine.argoRollouts(), CanaryEngine.istio()`,
    );
  }
  const asked = (phase: Phase | undefined) => JSON.stringify(gatesIn(phase));
  const [first] = phases;
  const other = phases.find((phase) => asked(phase) !== asked(first));
  if (other !== undefined) {
    const problem = `Flagger asks every gate after each weight, and the plan asks others after ${other.percent}% than after ${first?.percent}%`;
    throw invalid(
      'plan',
      problem,
      'ask the same gates after each weight below 100%, or use an engine that can: CanaryEngine.argoRollouts(), CanaryEngine.istio()',
    );
  }
  const after = plan.phases[plan.phases.length - 1];
  if (after !== undefined && after.actions.length > 0) {
    const problem =
      'Flagger replaces the stable pods as soon as the last weight below 100% has passed, so that nothing can happen at 100%';
    throw invalid('plan', problem, 'remove what follows CanaryStep.weight(Weight.percent(100))');
  }
  checkApprovals(release);
}

function checkApprovals(release: Release): void {
  const phases = measured(release);
  const misplaced = phases.find((phase, index) => index < phases.length - 1 && approvals(phase) > 0);
  if (misplaced === undefined) return;
  const problem = `Flagger waits for a person before the first weight and before 100%, and the plan does after ${misplaced.percent}%`;
  throw invalid(
    'plan',
    problem,
    'move CanaryStep.approval() there, or use an engine that can: CanaryEngine.argoRollouts(), CanaryEngine.istio()',
  );
}

function approvals({ actions }: Phase): number {
  return actions.filter(({ kind }) => kind === 'approval').length;
}

function autoscalerName({ app }: Release): string | undefined {
  return app.autoscaler?.metadata.name;
}

function autoscalerOf({ app }: Release): FlaggerCanarySpecManifest['autoscalerRef'] {
  const { apiVersion, kind, metadata } = app.autoscaler;
  return { apiVersion, kind, name: metadata.name };
}

/** A Service with a name of its own, so that the app's stays; the app's hosts lead through its routes. */
function serviceOf(release: Release, router: FlaggerRouter): object {
  const { app } = release;
  const { port, targetPort, name, appProtocol } = portOf(release);
  const common = { name: `${app.workload}-release`, port, targetPort, portName: name, appProtocol };
  if (router.kind === 'gatewayApi') {
    const { parent, hosts, timeout } = router.intent;
    const service = { group: '', kind: 'Service', name: portOf(release).service, port };
    return {
      ...common,
      hosts,
      gatewayRefs: [parent ?? service],
      ...(timeout !== undefined && { timeout: `${timeout}s` }),
    };
  }
  const { gateways, hosts } = router.intent;
  return {
    ...common,
    gateways: [...gateways, 'mesh'],
    hosts: [hostOf(portOf(release).service, app.namespace), ...hosts],
    ...routeManners(router.intent),
  };
}

function webhooksOf({ plan }: Release, loadTester: string, command: string | undefined): object[] | undefined {
  const approval = (name: string, type: string) => ({ name, type, url: `${loadTester}/gate/check` });
  const phases = plan.phases.slice(0, -1);
  const last = phases[phases.length - 1];
  const hooks = [
    ...(approvals(plan.prepared) > 0 ? [approval('approve-start', 'confirm-rollout')] : []),
    ...(command === undefined
      ? []
      : [{ name: 'load-test', type: 'rollout', url: `${loadTester}/`, timeout: '5s', metadata: { cmd: command } }]),
    ...gatesIn(phases[0]).flatMap(({ gate: { name, measure } }) =>
      measure.kind === 'webhook' ? [{ name, type: 'rollout', url: measure.url }] : [],
    ),
    ...(last !== undefined && approvals(last) > 0 ? [approval('approve-promotion', 'confirm-promotion')] : []),
  ];
  return hooks.length === 0 ? undefined : hooks;
}

/** The checks that Flagger has queries for. */
function builtIn({ measure }: GateIntent): string | undefined {
  if (measure.kind === 'successRate') return 'request-success-rate';
  return measure.kind === 'latency' && measure.percent === 99 ? 'request-duration' : undefined;
}

function templateName({ app }: Release, { name }: GateIntent): string {
  return `${app.workload}-${name}`;
}

function emitTemplate(engine: Engine, release: Release, gate: GateIntent): void {
  const name = templateName(release, gate);
  const metadata = { name, labels: labelsOf(release.app, name) };
  emit<{ spec: MetricTemplateSpecManifest }>(
    release.scope,
    `Metric-${gate.name}`,
    { apiVersion: 'flagger.app/v1beta1', kind: 'MetricTemplate', metadata },
    {
      spec: () => ({
        provider: { type: 'prometheus', address: addressOf(release, gate) },
        query: (release.telemetry ?? engine.telemetry)._query(gate.measure, engine.series(release), '{{ interval }}'),
      }),
    },
  );
}
