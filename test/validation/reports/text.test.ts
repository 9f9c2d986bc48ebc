import { Severity } from '../../../lib/findings';
import type { Report } from '../../../lib/validation/report';
import { write } from '../../../lib/validation/reports';
import { sum } from '../../../lib/validation/reports/text';
import { EMPTY, located, REPORT } from '../../support/reports';

const text = (report: Report) => write(report, 'text');

test('a block for each finding and each broken file, then the sum; control characters do not reach the terminal', () => {
  const hostile = `<web> & "co" 's ]]> \\u0007\\u001b[31m\\u0085\uD83D é😀`;
  expect(text(REPORT)).toBe(`k8s/broken.yaml:3:7  unreadable  Missing closing "quote

k8s/broken.yaml:9:1  unreadable  Missing closing "quote

k8s/binary.yaml  unreadable  is no text in UTF-8

k8s/\\u001b[2J.yaml:1  unreadable  found ${hostile}

k8s/web.yaml:5  error  app/rollout-cannot-proceed  Deployment shop/web
  spec.strategy: 0, while maxSurge is 0
  fix: set maxSurge to 1

k8s/web.yaml:9  error  app/rollout-cannot-proceed  Deployment shop/web
  spec.strategy: 0, while maxSurge is 0
  fix: set maxSurge to 1

/srv/a & b.yaml:1  warning  app/image-not-pinned  Pod ${hostile}
  metadata.annotations[${hostile}]: it is ${hostile}
  fix: do not use ${hostile}

C:\\k8s\\a b#1?.yaml:2  draft  other/of-nobody  Deployment shop/web
  spec.strategy: 0, while maxSurge is 0
  fix: set maxSurge to 1

../k8s/é%.yaml:3  error  findings/duplicate-object  Deployment shop/web
  metadata.name: 0, while maxSurge is 0
  fix: set maxSurge to 1

7 objects in 6 files: 3 errors, 1 warning, 1 acknowledged, 1 document of other kinds, 4 unreadable
`);
});

test('what is written in a file cannot add lines', () => {
  const report = { ...EMPTY, findings: [located({ problem: 'a\nb.yaml:1  error' }, 'a\r\n.yaml')] };
  expect(
    write(report, 'text', { quiet: true }),
  ).toBe(`a\\u000d\\u000a.yaml:5  error  app/rollout-cannot-proceed  Deployment shop/web
  spec.strategy: a\\u000ab.yaml:1  error
  fix: set maxSurge to 1
`);
});

test('nothing at all', () => {
  expect(text(EMPTY)).toBe('0 objects in 0 files: 0 errors, 0 warnings\n');
  expect(write(EMPTY, 'text', { quiet: true })).toBe('');
});

test('colours, for the words that one looks for', () => {
  const finding = (severity: Severity) => ({ ...EMPTY, findings: [located({ severity })] });
  const colored = (report: Report) => write(report, 'text', { color: true, quiet: true });
  expect(colored(finding(Severity.ERROR))).toBe(
    'k8s/web.yaml:5  \u001B[31merror\u001B[0m  app/rollout-cannot-proceed  Deployment shop/web\n' +
      '  \u001B[2mspec.strategy\u001B[0m: 0, while maxSurge is 0\n  fix: set maxSurge to 1\n',
  );
  expect(colored(finding(Severity.WARNING))).toContain(':5  \u001B[33mwarning\u001B[0m  app');
  expect(colored(finding(Severity.DRAFT))).toContain(':5  \u001B[36mdraft\u001B[0m  app');
  expect(colored({ ...EMPTY, unreadable: [{ file: 'a', problem: 'b' }] })).toBe(
    'a  \u001B[31munreadable\u001B[0m  b\n',
  );
  expect(write(REPORT, 'text', { color: false })).toBe(text(REPORT));
});

test('--quiet leaves the sum out', () => {
  expect(write(REPORT, 'text', { quiet: true })).toBe(text(REPORT).split('\n7 objects')[0]);
  expect(write(REPORT, 'text', { quiet: false })).toBe(text(REPORT));
});

describe('the sum', () => {
  test.each<[string, Partial<Report>, string]>([
    ['one of each', { files: ['a'], objects: 1 }, '1 object in 1 file: 0 errors, 0 warnings\n'],
    ['other kinds', { others: 2 }, '0 objects in 0 files: 0 errors, 0 warnings, 2 documents of other kinds\n'],
    [
      'unreadable',
      { unreadable: [{ file: 'a', problem: 'b' }] },
      '0 objects in 0 files: 0 errors, 0 warnings, 1 unreadable\n',
    ],
    [
      'accepted ones are not counted twice',
      {
        findings: [
          located({ acknowledged: 'r' }),
          located({ severity: Severity.WARNING, acknowledged: 'r' }),
          located(),
        ],
      },
      '0 objects in 0 files: 1 error, 0 warnings, 2 acknowledged\n',
    ],
    [
      'drafts are neither errors nor warnings',
      { findings: [located({ severity: Severity.DRAFT })] },
      '0 objects in 0 files: 0 errors, 0 warnings\n',
    ],
  ])('%s', (_, report, expected) => {
    expect(sum({ ...EMPTY, ...report })).toBe(expected);
  });
});
