import { write } from '../../../lib/validation/reports';
import { EMPTY, HOSTILE, located, REPORT } from '../../support/reports';

const issues = (report = REPORT): any[] => JSON.parse(write(report, 'gitlab'));
const prints = (report = REPORT) => issues(report).map(({ fingerprint }) => fingerprint);

test('broken files first, then each open finding', () => {
  const text = write(REPORT, 'gitlab');
  const description = 'Deployment shop/web: spec.strategy: 0, while maxSurge is 0; set maxSurge to 1';
  const at = (path: string, begin: number) => ({ path, lines: { begin } });
  const report = [
    {
      description: 'Missing closing "quote',
      check_name: 'unreadable',
      fingerprint: 'c9e5982153d4d03cc5217c7ca0b16c7d',
      severity: 'blocker',
      location: at('k8s/broken.yaml', 3),
    },
    {
      description: 'Missing closing "quote',
      check_name: 'unreadable',
      fingerprint: '30bed9b4f336f45b27253160edfb2d72',
      severity: 'blocker',
      location: at('k8s/broken.yaml', 9),
    },
    {
      description: 'is no text in UTF-8',
      check_name: 'unreadable',
      fingerprint: '8a3082fb6fba7fbc10024e7721de455a',
      severity: 'blocker',
      location: at('k8s/binary.yaml', 1),
    },
    {
      description: `found ${HOSTILE}`,
      check_name: 'unreadable',
      fingerprint: '613d29fdf0dcb488e9c41306de067baa',
      severity: 'blocker',
      location: at('k8s/\u001B[2J.yaml', 1),
    },
    {
      description,
      check_name: 'app/rollout-cannot-proceed',
      fingerprint: '1d5d055e2441e06d86f0e1ee36c57126',
      severity: 'critical',
      location: at('k8s/web.yaml', 5),
    },
    {
      description,
      check_name: 'app/rollout-cannot-proceed',
      fingerprint: '8df96f5debbb19c93d4e0bcc9df91dc8',
      severity: 'critical',
      location: at('k8s/web.yaml', 9),
    },
    {
      description: `Pod ${HOSTILE}: metadata.annotations[${HOSTILE}]: it is ${HOSTILE}; do not use ${HOSTILE}`,
      check_name: 'app/image-not-pinned',
      fingerprint: 'f69e547ed09d6493d77c4ce5c95bfd47',
      severity: 'minor',
      location: at('/srv/a & b.yaml', 1),
    },
    {
      description,
      check_name: 'other/of-nobody',
      fingerprint: '303bc35497e61ed6512cdc344854d4fe',
      severity: 'info',
      location: at('C:\\k8s\\a b#1?.yaml', 2),
    },
    {
      description: description.replace('spec.strategy', 'metadata.name'),
      check_name: 'findings/duplicate-object',
      fingerprint: '3c7dc49b2fe7070eb72f30c1d12a2114',
      severity: 'critical',
      location: at('../k8s/é%.yaml', 3),
    },
  ];
  expect(JSON.parse(text)).toEqual(report);
  expect(text).toBe(`${JSON.stringify(report, undefined, 2)}\n`);
});

test('nothing at all', () => {
  expect(write(EMPTY, 'gitlab')).toBe('[]\n');
});

test('what tells issues apart is never the same, and stays when lines move', () => {
  expect(new Set(prints()).size).toBe(9);
  const moved = {
    ...REPORT,
    findings: REPORT.findings.map((found) => ({ ...found, line: found.line + 10 })),
    unreadable: REPORT.unreadable.map((broken) => ({ ...broken, line: 40 })),
  };
  expect(prints(moved)).toEqual(prints());
});

test('accepted findings are left out, and change nothing', () => {
  const open = { ...EMPTY, findings: [located()] };
  const accepted = { ...EMPTY, findings: [located({ acknowledged: 'r' }), located()] };
  expect(issues(accepted)).toEqual(issues(open));
});
