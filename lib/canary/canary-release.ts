import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Severity } from '../findings';
import { formatForeign } from '../findings/format';
import { AppTree } from '../synthesis/app-tree';
import { WriteOrder } from '../synthesis/write-order';
import { AppValidation } from '../validation';
import { at, invalid } from '../values/invalid';
import { CanaryStage } from './canary-stage';
import { describe, type ReleaseDescription } from './description';
import { can } from './engines/capabilities';
import type { ControllerField, Engine, Release } from './engines/engine';
import { asksPrometheus } from './gate';
import { gatesOf } from './gate-query';
import { resolve, resolveStage } from './intent';
import type { CanaryReleaseProps } from './props';
import { type ReleaseStage, releaseStage } from './release-stage';
import { judgedStages, stageOf } from './stages';

/**
 * A new version of an app that takes over step by step, while what it does is measured.
 *
 * Emits, beside the app, what the engine needs: with `replicaRatio`, `istio` and `gatewayApi` a second Deployment, Services and routes, whose stages a
 * pipeline applies (`stages()`); with `argoRollouts` a Rollout and AnalysisTemplates, with `flagger` a Canary, which a controller walks.
 *
 * The first installation of an app is no canary: there is no stable version to compare with.
 *
 * @example
 * import { Chart, Duration, Size } from 'cdk8s';
 * import { CanaryEngine, CanaryPlan, CanaryRelease, CanaryStep, HealthCheck, ProductionApp, Resources, WebApp, Weight } from 'cdk8s-patterns';
 *
 * const shop = new Chart(new ProductionApp(), 'shop', { namespace: 'shop' });
 * const checkout = new WebApp(shop, 'checkout', {
 *   image: 'registry.example.com/checkout:1.4.2',
 *   port: 8080,
 *   resources: Resources.request({ cpuMillis: 200, memory: Size.mebibytes(256) }),
 *   health: HealthCheck.http('/ready', { alivePath: '/live' }),
 * });
 * new CanaryRelease(shop, 'checkout-release', {
 *   app: checkout,
 *   candidate: 'registry.example.com/checkout:1.5.0',
 *   plan: CanaryPlan.of(
 *     CanaryStep.weight(Weight.percent(5)),
 *     CanaryStep.pause(Duration.minutes(10)),
 *     CanaryStep.approval(),
 *     CanaryStep.weight(Weight.percent(100)),
 *   ),
 *   engine: CanaryEngine.istio(),
 * });
 */
export class CanaryRelease extends Construct {
  /** @internal */
  public readonly _engine: Engine;
  /** @internal */
  public readonly _release: Release;
  private shown: CanaryStage;

  /**
   * Emits the release.
   *
   * @param scope the chart of the app, or a construct in it
   * @param id names the construct; the objects are named after the app
   * @param props the app, the new version, the plan, the engine
   * @throws if the engine cannot do what the plan asks for, a gate could not see a bad candidate, or props contradict each other
   */
  public constructor(scope: Construct, id: string, props: CanaryReleaseProps) {
    super(scope, id);
    this._engine = props.engine._engine;
    this.shown = at(this, () => resolveStage(props));
    const intent = at(this, () => resolve(this, props));
    at(this, () => stageOf(intent.plan, this.shown));
    const stage = () => stageOf(intent.plan, this.shown);
    this._release = Object.defineProperty({ ...intent }, 'stage', { get: stage, enumerable: true }) as Release;
    at(this, () => {
      const { telemetry = this._engine.telemetry, plan } = intent;
      // what gates look at has to be scraped, which a fence around the app needs to know
      const measuredBy = gatesOf(plan).some(asksPrometheus) ? telemetry._countedBy : undefined;
      intent.app.claim(() => ({ by: this.node.path, measuredBy, ...this._engine.claims(this._release) }));
      this._engine.emit(this._release);
    });
  }

  /**
   * Every stage with its complete manifests and with what comes before the next one, for a pipeline or a GitOps repository.
   *
   * Stages that nobody has yet seen are checked too. Order: stable, prepared, each weight, promoting, promoted, and aborted, which may follow
   * each of them.
   *
   * @throws if a controller walks the plan, or a stage has an error
   */
  public stages(): ReleaseStage[] {
    return at(this, () => {
      if (!can(this._engine.name, 'stages')) {
        const problem = `the controller of ${this._engine.name} walks the plan, and all of it is in the manifests`;
        throw invalid('stages', problem, 'apply what synth writes');
      }
      const judged = judgedStages(this._release.plan).map(({ stage }) => stage);
      const ended = [CanaryStage.promoting(), CanaryStage.promoted(), CanaryStage.aborted()];
      const all = [CanaryStage.stable(), ...judged, ...ended];
      return all.map((stage) => this.during(stage, () => this.renderStage()));
    });
  }

  /** The plan in numbers: shares, pods, time, and what the gates can see. */
  public describe(): ReleaseDescription {
    return at(this, () => describe(this._engine, this._release));
  }

  /**
   * The fields that the controller writes into objects of the manifests, in the form of `ignoreDifferences` of an Argo CD Application. With Flux,
   * annotate these objects with `kustomize.toolkit.fluxcd.io/ssa: IfNotPresent`.
   */
  public controllerFields(): ControllerField[] {
    return [...this._engine.controllerFields(this._release)];
  }

  private renderStage(): ReleaseStage {
    const errors = AppValidation._findingsBelow(this.node.root).filter(
      ({ severity, acknowledged }) => severity === Severity.ERROR && acknowledged === undefined,
    );
    if (errors.length > 0) {
      throw new Error(`[${this.node.path}] stage ${this.shown}:\n  ${errors.map(formatForeign).join('\n  ')}`);
    }
    const order = new WriteOrder(new AppTree(this.node.root));
    const charts = order.charts.filter((chart) => chart === Chart.of(this));
    const objects = charts.flatMap((chart) => order.objectsOf(chart));
    return releaseStage(this._engine, this._release, objects);
  }

  private during<T>(stage: CanaryStage, work: () => T): T {
    const before = this.shown;
    this.shown = stage;
    try {
      return work();
    } finally {
      this.shown = before;
    }
  }
}
