import { type AnalysisTemplateSpecManifest, emit } from '../../manifests';
import { invalid } from '../../values/invalid';
import type { TimedGate } from '../canary-plan';
import { asksPrometheus, type Gate, type GateIntent, goodRange } from '../gate';
import { addressOf, gatesOf } from '../gate-query';
import { labelsOf } from '../released-app';
import type { Engine, Release } from './engine';

/** The template of a gate: one of ours, or one that is made elsewhere. */
function templateName({ app }: Release, { name, measure }: GateIntent): string {
  return measure.kind === 'template' ? name : `${app.workload}-${name}`;
}

/** Gates that are asked all along, each as often as its window says. */
export function resolveBackground(where: string, gates: readonly Gate[]): readonly TimedGate[] {
  const intents = gates.map(({ _intent }) => _intent);
  return intents.map((gate, index) => {
    const { name, window } = gate;
    if (!asksPrometheus(gate)) {
      const problem = `gate \`${name}\` looks back to no time, after which it could be asked again`;
      throw invalid(`${where}: background`, problem, 'ask it in the plan, or use Gate.query');
    }
    if (window === undefined) {
      const problem = `gate \`${name}\` does not say how often it is asked`;
      throw invalid(`${where}: background`, problem, 'give it window: Duration.minutes(5)');
    }
    if (intents.findIndex((one) => one.name === name) < index) {
      const problem = `two gates have the name \`${name}\``;
      throw invalid(`${where}: background`, problem, 'give one of them a name of its own by its option name');
    }
    return { gate, window };
  });
}

/** One AnalysisTemplate for each gate of the plan, however often it is asked, and one for each that is asked all along. */
export function emitAnalyses(engine: Engine, release: Release, background: readonly TimedGate[]): void {
  for (const gate of gatesOf(release.plan)) {
    if (gate.measure.kind !== 'template')
      emitAnalysis(release, templateName(release, gate), () => onceOf(engine, release, gate));
  }
  for (const timed of background) {
    emitAnalysis(release, backgroundName(release, timed), () => againOf(engine, release, timed));
  }
}

/** What is asked from the first weight on. */
export function backgroundAnalysis(
  release: Release,
  background: readonly TimedGate[],
  startingStep: number,
): { readonly templates: object[]; readonly startingStep: number } | undefined {
  if (background.length === 0) return undefined;
  return { templates: background.map((timed) => ({ templateName: backgroundName(release, timed) })), startingStep };
}

function backgroundName({ app }: Release, { gate }: TimedGate): string {
  return `${app.workload}-${gate.name}-background`;
}

function emitAnalysis({ scope, app }: Release, name: string, spec: () => AnalysisTemplateSpecManifest): void {
  emit<{ spec: AnalysisTemplateSpecManifest }>(
    scope,
    `Analysis-${name}`,
    { apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: { name, labels: labelsOf(app, name) } },
    { spec },
  );
}

/** The steps that ask gates: those that get the same arguments at once. */
export function analysisSteps(release: Release, gates: readonly TimedGate[]): object[] {
  const steps = new Map<string, { templates: object[]; args: object[] }>();
  for (const timed of gates) {
    const args = argumentsOf(timed);
    const key = JSON.stringify(args);
    const step = steps.get(key) ?? { templates: [], args };
    step.templates.push({ templateName: templateName(release, timed.gate) });
    steps.set(key, step);
  }
  return [...steps.values()].map((analysis) => ({ analysis }));
}

const WINDOW = 'window';

/** What a template may need to know; one that is made elsewhere also gets the good answers. */
function argumentsOf({ gate: { measure }, window }: TimedGate): object[] {
  const { min, max } = measure.kind === 'template' ? measure.range : {};
  return [
    { name: WINDOW, value: `${window}s` },
    ...(min === undefined ? [] : [{ name: 'min', value: String(min) }]),
    ...(max === undefined ? [] : [{ name: 'max', value: String(max) }]),
  ];
}

function onceOf(engine: Engine, release: Release, gate: GateIntent): AnalysisTemplateSpecManifest {
  const metric = metricOf(engine, release, gate, `{{args.${WINDOW}}}`);
  return { args: [{ name: WINDOW }], metrics: [{ ...metric, count: 1, failureLimit: 0 }] };
}

function againOf(engine: Engine, release: Release, { gate, window }: TimedGate): AnalysisTemplateSpecManifest {
  const time = `${window}s`;
  const metric = metricOf(engine, release, gate, time);
  return { metrics: [{ ...metric, initialDelay: time, interval: time, failureLimit: 0 }] };
}

function metricOf(
  engine: Engine,
  release: Release,
  gate: GateIntent,
  window: string,
): Pick<AnalysisTemplateSpecManifest['metrics'][number], 'name' | 'successCondition' | 'provider'> {
  const { measure, name, passesWithoutData } = gate;
  if (measure.kind === 'webhook') return { name, provider: { web: { method: 'POST', url: measure.url } } };
  const telemetry = release.telemetry ?? engine.telemetry;
  const query = telemetry._query(measure, engine.series(release), window);
  return {
    name,
    successCondition: conditionOf(gate, passesWithoutData),
    provider: { prometheus: { address: addressOf(release, gate), query } },
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
