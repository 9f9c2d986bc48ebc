import { workerWithoutLiveness as rule } from '../../../lib/rules/app/worker-without-liveness';
import { findings, findingsOf, varied } from '../../support/rules';

const line = (index: number) =>
  `Deployment mailer: app/worker-without-liveness: spec.template.spec.containers[${index}].livenessProbe: missing, and nobody connects to a worker, so that one which hangs is never noticed; add a liveness probe; with Worker: health: HealthCheck.heartbeat('/tmp/alive', Duration.seconds(30)) or HealthCheck.exitsOnFatal()`;

test('says what to ask a worker', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(0)]);
});

const LIVENESS = 'livenessProbe: { exec: { command: [/bin/mailer, --alive] } }';
const CONTAINER = '{ name: mailer, image: "mailer:1.0" }';

test('a worker with a liveness probe is watched, one with another probe is not', () => {
  const probed = (probe: string) => varied(rule.bad, CONTAINER, `{ name: mailer, image: "mailer:1.0", ${probe} }`);
  expect(findingsOf(rule, probed(LIVENESS))).toEqual([]);
  expect(findingsOf(rule, probed(LIVENESS.replace('liveness', 'startup')))).toEqual([line(0)]);
  expect(findingsOf(rule, probed(LIVENESS.replace('liveness', 'readiness')))).toEqual([line(0)]);
});

test('one container of the app with a probe is enough', () => {
  const other = (probe: string) => varied(rule.bad, CONTAINER, `${CONTAINER}, { name: b, image: "b:1.0"${probe} }`);
  expect(findingsOf(rule, other(`, ${LIVENESS}`))).toEqual([]);
  expect(findingsOf(rule, other(''))).toEqual([line(0)]);
});

test('the probe of a classic sidecar says nothing of the worker', () => {
  const sidecar = varied(rule.bad, CONTAINER, `{ name: log, image: "log:1.0", ${LIVENESS} }, ${CONTAINER}`);
  expect(findingsOf(rule, sidecar)).toEqual([]);
  expect(
    findingsOf(rule, varied(sidecar, 'role: worker', 'role: worker, cdk8s-patterns/classic-sidecars: log')),
  ).toEqual([line(1)]);
});

test('only the word `exits` says that the process ends itself', () => {
  expect(findingsOf(rule, varied(rule.good, 'on-fatal: exits', 'on-fatal: hangs'))).toEqual([line(0)]);
  expect(findingsOf(rule, rule.good)).toEqual([]);
});

test('what is no worker is left alone', () => {
  expect(findingsOf(rule, varied(rule.bad, 'role: worker', 'role: server'))).toEqual([]);
});

test('a template without containers is left alone', () => {
  expect(findings(varied(rule.bad, `[${CONTAINER}]`, '[]'))).toEqual([]);
});
