import { readFileSync } from 'node:fs';
import { type Schema, Validator } from 'jsonschema';
import { Severity } from '../../../lib/findings';
import { RULES } from '../../../lib/rules';
import { BUILT_INS } from '../../../lib/validation/built-in';
import type { Report } from '../../../lib/validation/report';
import { write } from '../../../lib/validation/reports';
import { EMPTY, HOSTILE, located, REPORT } from '../../support/reports';

const SCHEMA: Schema = JSON.parse(readFileSync('test/fixtures/sarif-2.1.0.schema.json', 'utf8'));
const PAGE = 'https://example.org/cdk8s-patterns/docs/rules.md';

const sarif = (report: Report): any => JSON.parse(write(report, 'sarif'));
const runOf = (report: Report): any => sarif(report).runs[0];
const faults = (log: unknown) => new Validator().validate(log, SCHEMA).errors.map(String);
const uriOf = (file: string): string =>
  runOf({ ...EMPTY, findings: [located({}, file)] }).results[0].locations[0].physicalLocation.artifactLocation.uri;

describe('the published schema', () => {
  const all = [...RULES, ...BUILT_INS].map(({ id, severity }) => located({ id, severity }));

  test.each<[string, Report]>([
    ['a report that has something of everything', REPORT],
    ['nothing at all', EMPTY],
    ['every finding that there is', { ...EMPTY, findings: all }],
  ])('takes %s', (_, report) => {
    expect(faults(sarif(report))).toEqual([]);
  });

  test.each<[string, (run: any) => void]>([
    ['a level that is none', (run) => Object.assign(run.results[0], { level: 'fatal' })],
    ['a file name that is no URI', (run) => Object.assign(locationOf(run), { uri: 'a b.yaml' })],
    [
      'a line before the first',
      (run) => Object.assign(run.results[0].locations[0].physicalLocation.region, { startLine: 0 }),
    ],
    ['a property of our own', (run) => Object.assign(run, { mine: 1 })],
  ])('would refuse %s', (_, spoil) => {
    const log = sarif(REPORT);
    spoil(log.runs[0]);
    expect(faults(log)).toHaveLength(1);
  });

  const locationOf = (run: any) => run.results[0].locations[0].physicalLocation.artifactLocation;
});

test('the whole of one finding', () => {
  const report = { ...EMPTY, findings: [located({ id: 'findings/duplicate-object' })] };
  const text = write(report, 'sarif');
  const why = BUILT_INS.find(({ id }) => id === 'findings/duplicate-object')?.why.replace('\n', ' ');
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-patterns',
            version: JSON.parse(readFileSync('package.json', 'utf8')).version,
            informationUri: PAGE,
            rules: [
              {
                id: 'findings/duplicate-object',
                shortDescription: { text: why },
                fullDescription: { text: why },
                helpUri: `${PAGE}#findingsduplicate-object`,
                defaultConfiguration: { level: 'error' },
              },
            ],
          },
        },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
        results: [
          {
            ruleId: 'findings/duplicate-object',
            ruleIndex: 0,
            level: 'error',
            message: { text: 'Deployment shop/web: spec.strategy: 0, while maxSurge is 0; set maxSurge to 1' },
            locations: [
              {
                physicalLocation: { artifactLocation: { uri: 'k8s/web.yaml' }, region: { startLine: 5 } },
                logicalLocations: [{ fullyQualifiedName: 'Deployment shop/web', kind: 'resource' }],
              },
            ],
            partialFingerprints: { 'finding/v1': 'ca41a3958dd7af28bdf5367c204adbf7' },
          },
        ],
      },
    ],
  };
  expect(text).toBe(`${JSON.stringify(log, undefined, 2)}\n`);
});

test('results stand for all findings, in their order; what is accepted is suppressed', () => {
  const { results } = runOf(REPORT);
  expect(results.map(({ ruleId, level }: any) => [ruleId, level])).toEqual([
    ['app/rollout-cannot-proceed', 'error'],
    ['app/rollout-cannot-proceed', 'error'],
    ['app/rollout-cannot-proceed', 'error'],
    ['app/image-not-pinned', 'warning'],
    ['other/of-nobody', 'note'],
    ['findings/duplicate-object', 'error'],
  ]);
  expect(results.map(({ suppressions }: any) => suppressions)).toEqual([
    undefined,
    [{ kind: 'external', justification: 'a drill' }],
    ...Array(4).fill(undefined),
  ]);
  expect(results[3].message.text).toBe(
    `Pod ${HOSTILE}: metadata.annotations[${HOSTILE}]: it is ${HOSTILE}; do not use ${HOSTILE}`,
  );
  const prints = results.map(({ partialFingerprints }: any) => partialFingerprints['finding/v1']);
  expect(new Set(prints).size).toBe(6);
  expect(prints[0]).toBe('1d5d055e2441e06d86f0e1ee36c57126');
});

test('every finding leads to what is said of it, and each is described once', () => {
  const { results, tool } = runOf(REPORT);
  const { rules } = tool.driver;
  expect(results.map(({ ruleIndex }: any) => rules[ruleIndex].id)).toEqual(results.map(({ ruleId }: any) => ruleId));
  expect(rules.map(({ id, defaultConfiguration }: any) => [id, defaultConfiguration.level])).toEqual([
    ['app/image-not-pinned', 'warning'],
    ['app/rollout-cannot-proceed', 'error'],
    ['findings/duplicate-object', 'error'],
    ['other/of-nobody', 'warning'],
  ]);
  expect(rules[1]).toEqual({
    id: 'app/rollout-cannot-proceed',
    shortDescription: {
      text: 'A roll-out goes on by one of two steps: it starts a pod more than there should be, or it stops one first.',
    },
    fullDescription: { text: expect.stringMatching(/^A roll-out .* one first\. If both [^\n]* with it any more\.$/) },
    helpUri: `${PAGE}#approllout-cannot-proceed`,
    defaultConfiguration: { level: 'error' },
  });
  expect(rules[3]).toMatchObject({ shortDescription: { text: '' }, fullDescription: { text: '' } });
});

test('the anchors are those of the page', () => {
  const page = readFileSync('docs/rules.md', 'utf8');
  const anchors = [...page.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => `${PAGE}#${heading.replace('/', '')}`);
  const findings = [...RULES, ...BUILT_INS].map(({ id }) => located({ id }));
  const uris = runOf({ ...EMPTY, findings }).tool.driver.rules.map(({ helpUri }: any) => helpUri);
  expect(uris.sort()).toEqual(anchors.sort());
});

test('what cannot be read is a notification, and the run no success', () => {
  const at = (uri: string, region?: object) => [{ physicalLocation: { artifactLocation: { uri }, ...region } }];
  expect(runOf(REPORT).invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: 'error',
          message: { text: 'Missing closing "quote' },
          locations: at('k8s/broken.yaml', { region: { startLine: 3, startColumn: 7 } }),
        },
        {
          level: 'error',
          message: { text: 'Missing closing "quote' },
          locations: at('k8s/broken.yaml', { region: { startLine: 9, startColumn: 1 } }),
        },
        { level: 'error', message: { text: 'is no text in UTF-8' }, locations: at('k8s/binary.yaml') },
        {
          level: 'error',
          message: { text: `found ${HOSTILE}` },
          locations: at('k8s/%1B%5B2J.yaml', { region: { startLine: 1 } }),
        },
      ],
    },
  ]);
});

describe('file names are URIs', () => {
  test.each([
    ['k8s/web.yaml', 'k8s/web.yaml'],
    ['../k8s/web.yaml', '../k8s/web.yaml'],
    ['a b#1?.yaml', 'a%20b%231%3F.yaml'],
    ['é%.yaml', '%C3%A9%25.yaml'],
    ['a:b.yaml', 'a%3Ab.yaml'],
    ['k8s\\web.yaml', 'k8s/web.yaml'],
    ['C:\\k8s\\web.yaml', 'C%3A/k8s/web.yaml'],
    ['/srv/k8s/web.yaml', 'file:///srv/k8s/web.yaml'],
    ['/srv/a b#é.yaml', 'file:///srv/a%20b%23%C3%A9.yaml'],
  ])('%s', (file, uri) => {
    expect(uriOf(file)).toBe(uri);
  });
});

test('levels are those of the severities', () => {
  const findings = [Severity.ERROR, Severity.WARNING, Severity.DRAFT].map((severity) => located({ severity }));
  expect(runOf({ ...EMPTY, findings }).results.map(({ level }: any) => level)).toEqual(['error', 'warning', 'note']);
});
