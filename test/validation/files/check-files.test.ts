import { Severity } from '../../../lib/findings';
import { RULES } from '../../../lib/rules';
import { imageNotPinned } from '../../../lib/rules/app/image-not-pinned';
import { nativeSidecarUnsupported } from '../../../lib/rules/app/native-sidecar-unsupported';
import { rolloutCannotProceed } from '../../../lib/rules/app/rollout-cannot-proceed';
import { AcknowledgementFile } from '../../../lib/validation/files/acknowledgement-file';
import { checkFiles, type FileCheckOptions } from '../../../lib/validation/files/check-files';
import { readBytes } from '../../../lib/validation/files/read-files';
import type { Report } from '../../../lib/validation/report';
import { KubernetesVersion, TargetCluster } from '../../../lib/values';
import { CLEAN, FAULTY, WARNED } from '../../support/manifests';

function check(
  files: Readonly<Record<string, string>>,
  accepted = '',
  options: Partial<FileCheckOptions> = {},
): Report {
  const read = Object.entries(files).map(([file, content]) => readBytes(file, Buffer.from(content)));
  return checkFiles(read, {
    target: TargetCluster.of({}),
    rules: RULES,
    acknowledgements: AcknowledgementFile.parse('accepted.yaml', accepted),
    failOn: Severity.ERROR,
    today: '2026-11-26',
    ...options,
  });
}

const places = ({ findings }: Report) =>
  findings.map(({ file, line, finding }) => `${file}:${line} ${finding.id}: ${finding.field}`);
const accept = (...entries: string[]) => `acknowledge:\n${entries.map((entry) => `  - { ${entry} }\n`).join('')}`;

test('files are one world; what is no object is counted, what is broken is told of', () => {
  const report = check({
    'a.yaml': `${CLEAN}---\njust: values\n---\n- a\n---\ntext\n---\nnull\n`,
    'b.yaml': 'kind: A\n---\napiVersion: v1\n---\nb: [\n',
    'c.yaml': 'apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Namespace, metadata: { name: a } }]\n',
  });
  expect(report).toEqual({
    files: ['a.yaml', 'b.yaml', 'c.yaml'],
    objects: 2,
    others: 6,
    findings: [],
    unreadable: [{ file: 'b.yaml', line: 6, column: 1, problem: expect.stringContaining('Flow sequence') }],
    failOn: Severity.ERROR,
  });
});

test('findings stand in the order of files and lines, with the lines of their fields', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n  - ${WARNED.trimEnd().replaceAll('\n', '\n    ')}\n`;
  const report = check({
    'z.yaml': `${CLEAN}---\n${FAULTY}`,
    'a.yaml': list
      .replace('name: web, namespace: shop', 'name: api, namespace: shop')
      .replaceAll('app: web', 'app: api'),
  });
  expect(places(report)).toEqual([
    'z.yaml:15 app/rollout-cannot-proceed: spec.strategy.rollingUpdate.maxUnavailable',
    'z.yaml:21 app/image-not-pinned: spec.template.spec.containers[0].image',
    'a.yaml:13 app/image-not-pinned: spec.template.spec.containers[0].image',
  ]);
});

test('the rules, the target and the threshold are those that are given', () => {
  expect(places(check({ 'a.yaml': FAULTY }, '', { rules: [imageNotPinned] }))).toHaveLength(1);
  expect(check({}, '', { failOn: Severity.WARNING })).toMatchObject({ files: [], failOn: Severity.WARNING });
  const target = TargetCluster.of({ kubernetes: KubernetesVersion.V1_28 });
  const { bad, id } = nativeSidecarUnsupported;
  expect(check({ 'a.yaml': bad }, '', { target }).findings.map(({ finding }) => finding.id)).toEqual([id]);
  expect(check({ 'a.yaml': bad }).findings).toEqual([]);
});

test('an entry accepts the findings of its objects, and all of them', () => {
  const report = check(
    { 'a.yaml': FAULTY, 'b.yaml': FAULTY.replace('name: web,', 'name: api,').replaceAll('app: web', 'app: api') },
    accept('id: app/image-not-pinned, object: Deployment shop/*, reason: rebuilt daily'),
  );
  expect(report.findings.map(({ finding }) => [finding.object.name, finding.id, finding.acknowledged])).toEqual([
    ['web', 'app/rollout-cannot-proceed', undefined],
    ['web', 'app/image-not-pinned', 'rebuilt daily'],
    ['api', 'app/rollout-cannot-proceed', undefined],
    ['api', 'app/image-not-pinned', 'rebuilt daily'],
  ]);
});

test('an entry that accepts nothing is a finding', () => {
  const { findings } = check(
    { 'a.yaml': FAULTY },
    accept(
      'id: app/image-not-pinned, object: Deployment shop/api, reason: r',
      'id: app/rollout-cannot-proceed, object: "*", reason: r',
      'id: findings/duplicate-object, object: "*", reason: r',
    ),
  );
  expect(findings.slice(2)).toEqual([
    {
      file: 'accepted.yaml',
      line: 2,
      finding: {
        id: 'findings/unused-acknowledgement',
        severity: Severity.WARNING,
        object: { apiVersion: 'cdk8s-patterns', kind: 'Acknowledgement', name: 'app/image-not-pinned' },
        field: 'acknowledge[0]',
        problem: '`app/image-not-pinned` is accepted, but is not found here (of Deployment shop/api)',
        fix: 'remove the entry',
      },
    },
    {
      file: 'accepted.yaml',
      line: 4,
      finding: {
        id: 'findings/unused-acknowledgement',
        severity: Severity.WARNING,
        object: { apiVersion: 'cdk8s-patterns', kind: 'Acknowledgement', name: 'findings/duplicate-object' },
        field: 'acknowledge[2]',
        problem: '`findings/duplicate-object` is accepted, but is not found here (of *)',
        fix: 'remove the entry',
      },
    },
  ]);
});

test('unless its rule was not asked', () => {
  const entry = accept('id: app/image-not-pinned, object: Deployment shop/api, reason: r');
  expect(places(check({ 'a.yaml': WARNED }, entry, { rules: [rolloutCannotProceed] }))).toEqual([]);
});

test('an entry that is over is a finding, and accepts nothing', () => {
  const entry = accept('id: app/image-not-pinned, object: "*", reason: r, until: 2026-11-25');
  const { findings } = check({ 'a.yaml': WARNED }, entry);
  expect(findings[0]?.finding.acknowledged).toBeUndefined();
  expect(findings.slice(1)).toEqual([
    {
      file: 'accepted.yaml',
      line: 2,
      finding: {
        id: 'findings/expired-acknowledgement',
        severity: Severity.WARNING,
        object: { apiVersion: 'cdk8s-patterns', kind: 'Acknowledgement', name: 'app/image-not-pinned' },
        field: 'acknowledge[0].until',
        problem: '`app/image-not-pinned` was accepted until 2026-11-25, which has passed',
        fix: 'mend what it is about, or give it another day',
      },
    },
  ]);
  expect(places(check({ 'a.yaml': WARNED }, entry, { rules: [] }))).toHaveLength(1);
  expect(check({ 'a.yaml': WARNED }, entry, { today: '2026-11-25' }).findings).toHaveLength(1);
});

test('an annotation counts before an entry', () => {
  const annotated = WARNED.replace(
    'namespace: shop }',
    'namespace: shop, annotations: { cdk8s-patterns/acknowledge.app.image-not-pinned: by annotation } }',
  );
  const { findings } = check(
    { 'a.yaml': annotated },
    accept('id: app/image-not-pinned, object: "*", reason: by entry'),
  );
  expect(findings.map(({ finding }) => [finding.id, finding.acknowledged])).toEqual([
    ['app/image-not-pinned', 'by annotation'],
    ['findings/unused-acknowledgement', undefined],
  ]);
});
