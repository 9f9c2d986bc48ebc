import { DOMParser, type Element, onErrorStopParsing } from '@xmldom/xmldom';
import { Severity } from '../../../lib/findings';
import type { Report } from '../../../lib/validation/report';
import { write } from '../../../lib/validation/reports';
import { EMPTY, located, REPORT } from '../../support/reports';

const junit = (report: Report) => write(report, 'junit');

/** Throws at the first thing that is not well-formed. */
function elements(report: Report, name: string): Element[] {
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(junit(report), 'text/xml');
  return Array.from(document.getElementsByTagName(name));
}

const attributes = (report: Report, name: string, ...keys: string[]) =>
  elements(report, name).map((element) => keys.map((key) => element.getAttribute(key)));

test('a suite for each file, a case for each finding; what does not fail the check is told of', () => {
  const escaped = `&lt;web&gt; &amp; &quot;co&quot; 's ]]&gt; \uFFFD\uFFFD[31m\u0085\uFFFD é😀`;
  expect(junit(REPORT)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cdk8s-patterns" tests="10" failures="3" errors="4">
  <testsuite name="k8s/web.yaml" tests="2" failures="2" errors="0">
    <testcase classname="k8s/web.yaml" name="app/rollout-cannot-proceed Deployment shop/web spec.strategy" file="k8s/web.yaml" line="5">
      <failure type="error" message="0, while maxSurge is 0">k8s/web.yaml:5
spec.strategy: 0, while maxSurge is 0
fix: set maxSurge to 1</failure>
    </testcase>
    <testcase classname="k8s/web.yaml" name="app/rollout-cannot-proceed Deployment shop/web spec.strategy" file="k8s/web.yaml" line="9">
      <failure type="error" message="0, while maxSurge is 0">k8s/web.yaml:9
spec.strategy: 0, while maxSurge is 0
fix: set maxSurge to 1</failure>
    </testcase>
  </testsuite>
  <testsuite name="/srv/a &amp; b.yaml" tests="1" failures="0" errors="0">
    <testcase classname="/srv/a &amp; b.yaml" name="app/image-not-pinned Pod ${escaped} metadata.annotations[${escaped}]" file="/srv/a &amp; b.yaml" line="1">
      <system-out>/srv/a &amp; b.yaml:1
metadata.annotations[${escaped}]: it is ${escaped}
fix: do not use ${escaped}</system-out>
    </testcase>
  </testsuite>
  <testsuite name="C:\\k8s\\a b#1?.yaml" tests="1" failures="0" errors="0">
    <testcase classname="C:\\k8s\\a b#1?.yaml" name="other/of-nobody Deployment shop/web spec.strategy" file="C:\\k8s\\a b#1?.yaml" line="2">
      <system-out>C:\\k8s\\a b#1?.yaml:2
spec.strategy: 0, while maxSurge is 0
fix: set maxSurge to 1</system-out>
    </testcase>
  </testsuite>
  <testsuite name="../k8s/é%.yaml" tests="1" failures="1" errors="0">
    <testcase classname="../k8s/é%.yaml" name="findings/duplicate-object Deployment shop/web metadata.name" file="../k8s/é%.yaml" line="3">
      <failure type="error" message="0, while maxSurge is 0">../k8s/é%.yaml:3
metadata.name: 0, while maxSurge is 0
fix: set maxSurge to 1</failure>
    </testcase>
  </testsuite>
  <testsuite name="k8s/broken.yaml" tests="2" failures="0" errors="2">
    <testcase classname="k8s/broken.yaml" name="unreadable at line 3" file="k8s/broken.yaml">
      <error type="unreadable" message="Missing closing &quot;quote">k8s/broken.yaml:3
Missing closing &quot;quote</error>
    </testcase>
    <testcase classname="k8s/broken.yaml" name="unreadable at line 9" file="k8s/broken.yaml">
      <error type="unreadable" message="Missing closing &quot;quote">k8s/broken.yaml:9
Missing closing &quot;quote</error>
    </testcase>
  </testsuite>
  <testsuite name="stdin" tests="1" failures="0" errors="0">
    <testcase classname="stdin" name="nothing found"/>
  </testsuite>
  <testsuite name="k8s/binary.yaml" tests="1" failures="0" errors="1">
    <testcase classname="k8s/binary.yaml" name="unreadable" file="k8s/binary.yaml">
      <error type="unreadable" message="is no text in UTF-8">k8s/binary.yaml:1
is no text in UTF-8</error>
    </testcase>
  </testsuite>
  <testsuite name="k8s/\uFFFD[2J.yaml" tests="1" failures="0" errors="1">
    <testcase classname="k8s/\uFFFD[2J.yaml" name="unreadable at line 1" file="k8s/\uFFFD[2J.yaml">
      <error type="unreadable" message="found ${escaped}">k8s/\uFFFD[2J.yaml:1
found ${escaped}</error>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('is well-formed, and says again what was put in', () => {
  expect(attributes(REPORT, 'testsuite', 'name')).toEqual([
    ['k8s/web.yaml'],
    ['/srv/a & b.yaml'],
    ['C:\\k8s\\a b#1?.yaml'],
    ['../k8s/é%.yaml'],
    ['k8s/broken.yaml'],
    ['stdin'],
    ['k8s/binary.yaml'],
    ['k8s/\uFFFD[2J.yaml'],
  ]);
  expect(elements(REPORT, 'system-out')[0]?.textContent).toContain('fix: do not use <web> & "co" \'s ]]> ');
});

test('its counts are those of its elements', () => {
  const [[tests, failures, errors] = []] = attributes(REPORT, 'testsuites', 'tests', 'failures', 'errors');
  const count = (name: string) => String(elements(REPORT, name).length);
  expect([tests, failures, errors]).toEqual([count('testcase'), count('failure'), count('error')]);
  const suites = attributes(REPORT, 'testsuite', 'tests', 'failures', 'errors');
  const sums = [0, 1, 2].map((index) => suites.reduce((sum, counts) => sum + Number(counts[index]), 0));
  expect(sums.map(String)).toEqual([tests, failures, errors]);
});

test('nothing at all', () => {
  expect(junit(EMPTY)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cdk8s-patterns" tests="0" failures="0" errors="0">
</testsuites>
`);
});

test('the threshold decides what fails', () => {
  const findings = [Severity.ERROR, Severity.WARNING, Severity.DRAFT].map((severity) => located({ severity }));
  const failing = (failOn: Severity) => attributes({ ...EMPTY, findings, failOn }, 'failure', 'type').flat();
  expect(failing(Severity.ERROR)).toEqual(['error']);
  expect(failing(Severity.WARNING)).toEqual(['error', 'warning']);
  const mild = { ...EMPTY, findings: findings.slice(1), files: ['k8s/web.yaml'] };
  expect(attributes(mild, 'testsuites', 'tests', 'failures', 'errors')).toEqual([['2', '0', '0']]);
});

test('words that look like markup are counted as words', () => {
  const report = {
    ...EMPTY,
    findings: [located({ severity: Severity.WARNING, problem: '<failure message="<error "' })],
  };
  expect(attributes(report, 'testsuite', 'tests', 'failures', 'errors')).toEqual([['1', '0', '0']]);
});

test('what XML cannot say is replaced, and what it can is kept', () => {
  const problem = 'a\u0000b\u000Bc\uFFFEd\uFFFFe\uDC00f\tg\nh\u007Fi\uD7FFj\uE000k\uFFFDl\u{10000}m\u{10FFFF}';
  const report = { ...EMPTY, findings: [located({ problem })] };
  const said = elements(report, 'failure')[0]?.textContent?.split('\n').slice(1, -1).join('\n');
  const kept = 'f\tg\nh\u007Fi\uD7FFj\uE000k\uFFFDl\u{10000}m\u{10FFFF}';
  expect(said).toBe(`spec.strategy: a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFD${kept}`);
});
