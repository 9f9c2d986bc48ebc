import { readFileSync } from 'node:fs';
import { write } from '../../../lib/validation/reports';
import { EMPTY, HOSTILE, REPORT } from '../../support/reports';

const tool = { name: 'cdk8s-patterns', version: JSON.parse(readFileSync('package.json', 'utf8')).version };

test('the tool, the numbers, each open finding with its place, and what cannot be read', () => {
  const text = write(REPORT, 'json');
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
  const rollout = {
    id: 'app/rollout-cannot-proceed',
    severity: 'error',
    object,
    file: 'k8s/web.yaml',
    line: 5,
    field: 'spec.strategy',
    problem: '0, while maxSurge is 0',
    fix: 'set maxSurge to 1',
  };
  const report = {
    tool,
    summary: { files: 6, objects: 7, errors: 3, warnings: 1, acknowledged: 1 },
    findings: [
      rollout,
      { ...rollout, line: 9 },
      {
        id: 'app/image-not-pinned',
        severity: 'warning',
        object: { apiVersion: 'v1', kind: 'Pod', name: HOSTILE },
        file: '/srv/a & b.yaml',
        line: 1,
        field: `metadata.annotations[${HOSTILE}]`,
        problem: `it is ${HOSTILE}`,
        fix: `do not use ${HOSTILE}`,
      },
      { ...rollout, id: 'other/of-nobody', severity: 'draft', file: 'C:\\k8s\\a b#1?.yaml', line: 2 },
      { ...rollout, id: 'findings/duplicate-object', file: '../k8s/é%.yaml', line: 3, field: 'metadata.name' },
    ],
    unreadable: REPORT.unreadable,
  };
  expect(JSON.parse(text)).toEqual(report);
  expect(text).toBe(`${JSON.stringify(report, undefined, 2)}\n`);
});

test('nothing at all', () => {
  expect(JSON.parse(write(EMPTY, 'json'))).toEqual({
    tool,
    summary: { files: 0, objects: 0, errors: 0, warnings: 0, acknowledged: 0 },
    findings: [],
    unreadable: [],
  });
});
