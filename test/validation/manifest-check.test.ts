import { KubernetesVersion, ManifestCheck, Severity, TargetCluster } from '../../lib';
import { RULES } from '../../lib/rules';
import { graceTooShort } from '../../lib/rules/app/grace-too-short';
import { findings, objects, varied } from '../support/rules';

const BAD = graceTooShort.bad;
const ACKNOWLEDGE = (reason: string) =>
  varied(
    BAD,
    'metadata: { name: web }',
    `metadata: { name: web, annotations: { cdk8s-patterns/acknowledge.app.grace-too-short: "${reason}" } }`,
  );

test('findings are data', () => {
  expect(ManifestCheck.of(objects(BAD)).findings).toEqual([
    {
      id: 'app/grace-too-short',
      severity: Severity.ERROR,
      object: { apiVersion: 'apps/v1', kind: 'Deployment', inNamespace: undefined, name: 'web' },
      field: 'spec.template.spec.terminationGracePeriodSeconds',
      problem: '30s, but delay 5s + drain 40s need more than 45s, so that the pod is killed while it works',
      fix: 'set terminationGracePeriodSeconds to 50 or more; with WebApp: grace: Duration.seconds(50)',
      acknowledged: undefined,
    },
  ]);
});

test('an annotation with a reason accepts a finding of its object', () => {
  const check = ManifestCheck.of(objects(ACKNOWLEDGE('tested')));
  expect(check.open).toEqual([]);
  expect(check.findings.map(({ id, acknowledged }) => [id, acknowledged])).toEqual([['app/grace-too-short', 'tested']]);
});

test('an annotation without a reason accepts nothing', () => {
  expect(findings(ACKNOWLEDGE(' '))).toEqual([
    'Deployment web: findings/acknowledgement-without-reason: metadata.annotations: `app/grace-too-short` is accepted without a reason; say why',
    expect.stringContaining('app/grace-too-short: spec.template'),
  ]);
});

test('an annotation that silences nothing is a finding', () => {
  const mended = varied(ACKNOWLEDGE('tested'), 'Seconds: 30', 'Seconds: 60');
  expect(findings(mended)).toEqual([
    'Deployment web: findings/unused-acknowledgement: metadata.annotations: `app/grace-too-short` is accepted, but is not found here; remove the annotation',
  ]);
  expect(findings(varied(mended, 'acknowledge.app.grace-too-short', 'acknowledge.app.none'))).toEqual([
    'Deployment web: findings/unused-acknowledgement: metadata.annotations: `app/none` is accepted, but there is no such rule; remove the annotation',
  ]);
});

test('the target decides', () => {
  const sleep = varied(BAD, 'Seconds: 30', 'Seconds: 60');
  expect(ManifestCheck.of(objects(sleep)).open).toEqual([]);
  const target = TargetCluster.of({ kubernetes: KubernetesVersion.V1_29 });
  expect(ManifestCheck.of(objects(sleep), { target }).open.map(({ id }) => id)).toEqual([
    'app/pre-stop-sleep-unsupported',
  ]);
});

test('a rule that throws is a finding, and the others run all the same', () => {
  const [first] = RULES;
  const spy = jest.spyOn(first as unknown as { check: () => never[] }, 'check').mockImplementation(() => {
    throw new Error('oh');
  });
  const ids = ManifestCheck.of(objects(BAD)).findings.map(({ id, severity, problem, fix }) => [
    id,
    severity,
    problem,
    fix,
  ]);
  spy.mockRestore();
  expect(ids).toContainEqual([
    'findings/rule-crashed',
    Severity.WARNING,
    `bug in cdk8s-patterns: rule ${first?.id} threw Error: oh`,
    'please report it with this manifest',
  ]);
  expect(ids.map(([id]) => id)).toContain('app/grace-too-short');
});

test.each([[null], [undefined], [3], ['text'], [[]], [{}], [{ kind: 'Deployment' }], [{ kind: 'List', items: 3 }]])(
  'passes %j without a word',
  (manifest) => {
    expect(ManifestCheck.of([manifest]).findings).toEqual([]);
  },
);

test('two objects of one kind, namespace and name are one in the cluster, and the first would be lost', () => {
  const map = (namespace: string, version = 'v1') => ({
    apiVersion: version,
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace },
  });
  const ids = (...manifests: object[]) =>
    ManifestCheck.of(manifests).findings.map(({ id, problem, fix }) => [id, problem, fix]);
  expect(ids(map('x'), map('x'))).toEqual([
    [
      'findings/duplicate-object',
      'there is another ConfigMap a in namespace x, so that the one applied last replaces the other',
      'give each a name of its own',
    ],
  ]);
  expect(ids(map('x'), map('y'))).toEqual([]);
  expect(ids(map('x'), map('x', 'other.io/v1'))).toEqual([]);
  expect(ids(map('x', 'other.io/v1'), map('x', 'other.io/v2'))).toHaveLength(1);
  expect(ids({ kind: 'ConfigMap' }, { kind: 'ConfigMap' })).toEqual([]);
});
