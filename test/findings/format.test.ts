import { type Finding, Severity } from '../../lib';
import { counted, formatFinding, formatForeign, listed, portsNamed } from '../../lib/findings/format';

const FINDING: Finding = {
  id: 'app/x',
  severity: Severity.ERROR,
  object: { apiVersion: 'v1', kind: 'Pod', inNamespace: 'shop', name: 'a' },
  field: 'spec.x',
  problem: '1, but 2',
  fix: 'use 2',
};

test('a finding is one line: id, field, problem, fix', () => {
  expect(formatFinding(FINDING)).toBe('app/x: spec.x: 1, but 2; use 2');
});

test('a finding of a foreign object begins with the object', () => {
  expect(formatForeign(FINDING)).toBe('Pod shop/a: app/x: spec.x: 1, but 2; use 2');
  const object = { ...FINDING.object, inNamespace: undefined };
  expect(formatForeign({ ...FINDING, object })).toBe('Pod a: app/x: spec.x: 1, but 2; use 2');
});

test('lists end after five', () => {
  expect(listed([])).toBe('');
  expect(listed(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c, d, e');
  expect(listed(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d, e and 2 more');
});

test('counts have their plural', () => {
  expect([0, 1, 2].map((count) => counted(count, 'pod'))).toEqual(['0 pods', '1 pod', '2 pods']);
});

test('ports have their plural', () => {
  expect([[80], [80, 443]].map(portsNamed)).toEqual(['port 80', 'ports 80, 443']);
});
