import { type AnalysisTemplateSpecManifest, emit } from '../../manifests';
import type { TimedGate } from '../canary-plan';
import { type GateIntent, goodRange } from '../gate';
import { addressOf, gatesOf } from '../gate-query';
import { labelsOf } from '../released-app';
import type { Engine, Release } from './engine';

/** The template of a gate. */
function templateName({ app }: Release, { name }: GateIntent): string {
  return `${app.workload}-${name}`;
}

/** One AnalysisTemplate for each gate, however often the plan asks it. */
export function emitAnalyses(engine: Engine, release: Release): void {
  for (const gate of gatesOf(release.plan)) {
    const name = templateName(release, gate);
    const metadata = { name, labels: labelsOf(release.app, name) };
    emit<{ spec: AnalysisTemplateSpecManifest }>(
      release.scope,
      `Analysis-${gate.name}`,
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata },
      { spec: () => analysisOf(engine, release, gate) },
    );
  }
}

/** The steps that ask gates: those that look back equally far at once. */
export function analysisSteps(release: Release, gates: readonly TimedGate[]): object[] {
  const windows = [...new Set(gates.map(({ window }) => window))];
  return windows.map((window) => {
    const asked = gates.filter((one) => one.window === window);
    return {
      analysis: {
        templates: asked.map(({ gate }) => ({ templateName: templateName(release, gate) })),
        args: [{ name: WINDOW, value: `${window}s` }],
      },
    };
  });
}

const WINDOW = 'window';

function analysisOf(engine: Engine, release: Release, gate: GateIntent): AnalysisTemplateSpecManifest {
  const { measure, name, passesWithoutData } = gate;
  const metric = { name, count: 1, failureLimit: 0 };
  if (measure.kind === 'webhook') {
    return {
      args: [{ name: WINDOW }],
      metrics: [{ ...metric, provider: { web: { method: 'POST', url: measure.url } } }],
    };
  }
  const telemetry = release.telemetry ?? engine.telemetry;
  const query = telemetry._query(measure, engine.series(release), `{{args.${WINDOW}}}`);
  return {
    args: [{ name: WINDOW }],
    metrics: [
      {
        ...metric,
        successCondition: conditionOf(gate, passesWithoutData),
        provider: { prometheus: { address: addressOf(release, gate), query } },
      },
    ],
  };
}

/** Argo gives a query's answer as a list, which is empty where there are no data; a rate of nothing is no number. */
function conditionOf({ measure }: GateIntent, passesWithoutData: boolean): string {
  const { min, max } = goodRange(measure);
  const bounds = [
    min === undefined ? [] : `result[0] >= ${min}`,
    max === undefined ? [] : `result[0] <= ${max}`,
  ].flat();
  const good = bounds.join(' && ');
  return passesWithoutData
    ? `len(result) == 0 || isNaN(result[0]) || (${good})`
    : `len(result) > 0 && !isNaN(result[0]) && ${good}`;
}
