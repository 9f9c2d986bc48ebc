import { Chart } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import type { Construct, IConstruct } from 'constructs';
import { DeployedApp } from '../app';
import { checkImage } from '../values/image';
import { invalid } from '../values/invalid';
import { TargetCluster } from '../values/target-cluster';
import { CanaryStage } from './canary-stage';
import { ConstructedApp, OwnApp, PlusApp } from './constructed-app';
import { checkGates } from './detection';
import { type Capability, callsThat, can } from './engines/capabilities';
import type { Candidate, Engine, Release } from './engines/engine';
import { asksPrometheus } from './gate';
import { addressOf, gatesOf } from './gate-query';
import type { CanaryReleaseProps } from './props';
import { NamedApp, type ReleasedApp } from './released-app';
import { stageOf } from './stages';

/** Marks an app that has a release. */
const RELEASED = Symbol.for('cdk8s-patterns.CanaryRelease');

/** Resolves a release for its engine, but for the stage, which may change from one rendering to the next. */
export function resolve(scope: Construct, props: CanaryReleaseProps): Omit<Release, 'stage'> {
  const engine = props.engine._engine;
  const app = appOf(scope, props);
  const release = {
    scope,
    target: TargetCluster.find(scope),
    app,
    candidate: candidateOf(app, props),
    plan: props.plan._intent,
    testers: props.testers?._intent,
    leaders: (props.follows ?? []).map((leader) => leader._release),
    telemetry: props.telemetry,
    perSecond: props.expects?._perSecond,
  };
  checkCapabilities(engine, release, props);
  checkGates(release.plan, release.perSecond);
  for (const gate of gatesOf(release.plan)) if (asksPrometheus(gate)) addressOf(release, gate);
  engine.check({ ...release, stage: stageOf(release.plan, CanaryStage.stable()) });
  return release;
}

/** The stage that the manifests are for. */
export function resolveStage({ engine, stage }: CanaryReleaseProps): CanaryStage {
  const isWalked = can(engine._engine.name, 'stages');
  if (stage === undefined) return isWalked ? CanaryStage.stable() : CanaryStage.prepared();
  if (isWalked || ['stable', 'aborted', 'promoted'].includes(stage._kind)) return stage;
  const problem = `\`${stage}\` has no effect with ${engine._engine.name}, whose controller walks the plan`;
  throw invalid('stage', problem, 'remove stage, or use CanaryStage.aborted() or CanaryStage.promoted()');
}

function appOf(scope: Construct, { app, target, service }: CanaryReleaseProps): ReleasedApp {
  if ((app === undefined) === (target === undefined)) {
    const problem = app === undefined ? 'nothing says what is released' : 'both app and target say what is released';
    throw invalid('app', problem, 'give app, or target for an app that is made elsewhere');
  }
  const { namespace } = Chart.of(scope);
  if (target !== undefined) return new NamedApp(target._intent, namespace);
  const construct = app as unknown as IConstruct & { [RELEASED]?: Construct };
  const other = construct[RELEASED];
  if (other !== undefined) {
    const problem = `${construct.node.path} is released by ${other.node.path} already`;
    throw invalid('app', problem, 'keep one of the releases, and change its plan or its engine');
  }
  const isOwn = construct instanceof DeployedApp;
  if (isOwn && service !== undefined) {
    throw invalid('service', 'has no effect on an app of this library, which has a Service', 'remove service');
  }
  const released = isOwn ? new OwnApp(construct) : new PlusApp(app as unknown as kplus.Deployment, service);
  if (released.namespace !== namespace) {
    const problem = `is in namespace ${released.namespace ?? 'default'}, and the release in ${namespace ?? 'default'}: routes and candidate belong beside the app`;
    throw invalid('app', problem, 'make the release in the chart of the app');
  }
  Object.defineProperty(construct, RELEASED, { value: scope });
  return released;
}

function candidateOf(app: ReleasedApp, { candidate }: CanaryReleaseProps): Candidate | undefined {
  if (!(app instanceof ConstructedApp)) {
    if (candidate === undefined) return undefined;
    const problem = 'has no effect with target, whose own manifests bring the new version';
    throw invalid('candidate', problem, 'remove candidate');
  }
  if (candidate === undefined) {
    throw invalid(
      'candidate',
      'nothing says what the new version is',
      "use candidate: 'registry.example.com/app:1.1.0'",
    );
  }
  checkImage('candidate', candidate);
  if (candidate === app.image) {
    const problem = `\`${candidate}\` is the stable image, so that there is nothing to compare`;
    throw invalid('candidate', problem, 'name the new version, or remove the release');
  }
  return { image: candidate, container: app.container };
}

/** What to do in place of another engine, where it is not to remove a prop. */
const REMEDIES: { readonly [C in Capability]?: string } = {
  workers: 'release a WebApp',
  named: 'give app',
  autoscaler: 'give the app replicas in place of autoscaling',
  mirror: 'remove CanaryStep.mirror',
  passesWithoutData: 'remove passesWithoutData',
  templates: 'use Gate.query or Gate.webhook',
};

/** Refuses what the engine cannot do, and says which one can. */
function checkCapabilities(engine: Engine, release: Omit<Release, 'stage'>, props: CanaryReleaseProps): void {
  const { app, testers, leaders, plan } = release;
  const asked: readonly (readonly [Capability, string, boolean, string])[] = [
    [
      'workers',
      'app',
      app instanceof ConstructedApp && app.port === undefined,
      'nobody connects to it: it has no Service',
    ],
    ['named', 'target', props.target !== undefined, 'an app that is made elsewhere'],
    [
      'autoscaler',
      'app',
      app.autoscaler !== undefined,
      'an autoscaler changes the number of its pods, and with it the share',
    ],
    ['testers', 'testers', testers !== undefined, 'chance alone says where a request goes'],
    ['mirror', 'plan', plan.prepared.mirror > 0, 'it copies no requests'],
    ['pinning', 'follows', leaders.length > 0, 'its routes cannot see which version calls'],
    [
      'passesWithoutData',
      'plan',
      gatesOf(plan).some((gate) => gate.passesWithoutData),
      'no data means that a gate fails',
    ],
    [
      'templates',
      'plan',
      gatesOf(plan).some(({ measure }) => measure.kind === 'template'),
      'no controller asks a template',
    ],
  ];
  for (const [capability, field, isAsked, reason] of asked) {
    if (!isAsked || can(engine.name, capability)) continue;
    const remedy = REMEDIES[capability] ?? `remove ${field}`;
    throw invalid(field, `not with ${engine.name}: ${reason}`, `use ${callsThat(capability)}, or ${remedy}`);
  }
  for (const leader of props.follows ?? []) {
    if (can(leader._engine.name, 'stages')) continue;
    const problem = `the pods of ${leader.node.path} do not say their version when they start, as ${leader._engine.name} runs them`;
    throw invalid('follows', problem, `use ${callsThat('stages')} there, or remove it from follows`);
  }
}
