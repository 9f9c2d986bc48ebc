import type { ApiObject } from 'cdk8s';
import { YamlWriter } from '../synthesis/yaml-writer';
import type { ActionIntent, TimedGate } from './canary-plan';
import type { Engine, Release } from './engines/engine';
import { goodRange } from './gate';
import { addressOf } from './gate-query';
import { gateScript } from './gate-script';
import type { QueryRange } from './props';
import type { StageIntent } from './stages';

/** What a pipeline does between two stages. */
export enum StageActionKind {
  /** Wait. */
  PAUSE = 'pause',
  /** Ask gates. */
  GATE = 'gate',
  /** Ask a person. */
  APPROVAL = 'approval',
}

/** A gate as a pipeline asks it. */
export interface StageGate {
  /** Its name. */
  readonly name: string;
  /**
   * PromQL; its answer is in percent of good requests, in milliseconds, or what your own query gives.
   *
   * @default - the gate is a webhook
   */
  readonly query?: string;
  /** The Prometheus to ask, or the webhook. */
  readonly address: string;
  /** The good answers; empty for a webhook. */
  readonly good: QueryRange;
  /** How far the query looks back. */
  readonly windowSeconds: number;
}

/** One thing that a pipeline does between two stages. */
export interface StageAction {
  /** What it is. */
  readonly kind: StageActionKind;
  /** How long to wait; 0 if it is no pause. */
  readonly pauseSeconds: number;
  /** The gates that have to pass; empty if it is no gate. */
  readonly gates: StageGate[];
  /** For `sh` with curl: waits, or ends with a status above 0 if a gate fails. For an approval it says so and ends with 0. */
  readonly script: string;
}

/** One stage, ready to be applied. */
export interface ReleaseStage {
  /** `stable`, `prepared`, `step-1`, `promoting`, `promoted`. */
  readonly name: string;
  /**
   * What to apply before everything else, and to wait for with `kubectl rollout status`: the Deployment that grows, where pods of the other version go.
   *
   * @default - everything may be applied at once
   */
  readonly firstYaml?: string;
  /** All objects of the app's and the release's charts. */
  readonly yaml: string;
  /** What to do before the next stage, in this order. If a gate fails: apply the stage `aborted`. */
  readonly actions: StageAction[];
}

/** The manifests and actions of the stage that `release` renders now. */
export function releaseStage(engine: Engine, release: Release, objects: readonly ApiObject[]): ReleaseStage {
  const { stage } = release;
  const writer = new YamlWriter();
  const documents = objects.map((object) => ({ object, text: writer.document(object.toJson()) }));
  const growing = { stable: release.app.workload, candidate: `${release.app.workload}-canary`, none: undefined };
  const first = growing[engine.growsFirst(release, stage) ?? 'none'];
  const firstDocument = documents.find(({ object: { kind, name } }) => kind === 'Deployment' && name === first);
  return {
    name: stage.stage.toString(),
    ...(firstDocument !== undefined && { firstYaml: firstDocument.text }),
    yaml: documents.map(({ text }) => text).join('---\n'),
    actions: actionsOf(engine, release, stage),
  };
}

function actionsOf(engine: Engine, release: Release, { actions }: StageIntent): StageAction[] {
  return actions.map((action) => actionOf(engine, release, action));
}

function actionOf(engine: Engine, release: Release, action: ActionIntent): StageAction {
  switch (action.kind) {
    case 'pause': {
      const script = `#!/bin/sh\nsleep ${action.seconds}\n`;
      return { kind: StageActionKind.PAUSE, pauseSeconds: action.seconds, gates: [], script };
    }
    case 'approval': {
      const script = "#!/bin/sh\necho 'a person has to approve the next stage'\n";
      return { kind: StageActionKind.APPROVAL, pauseSeconds: 0, gates: [], script };
    }
    default: {
      const asked = action.gates.map((timed) => ({ ...timed, ...askedOf(engine, release, timed) }));
      const gates = asked.map(({ gate, window, query, address }) => ({
        name: gate.name,
        ...(query !== undefined && { query }),
        address: address ?? '',
        good: goodRange(gate.measure),
        windowSeconds: window,
      }));
      return { kind: StageActionKind.GATE, pauseSeconds: 0, gates, script: gateScript(asked) };
    }
  }
}

function askedOf(
  engine: Engine,
  release: Release,
  { gate, window }: TimedGate,
): { readonly address: string; readonly query: string | undefined } {
  const { measure } = gate;
  if (measure.kind === 'webhook') return { address: measure.url, query: undefined };
  const telemetry = release.telemetry ?? engine.telemetry;
  const query = telemetry._query(measure, engine.series(release), `${window}s`);
  return { address: addressOf(release, gate), query };
}
