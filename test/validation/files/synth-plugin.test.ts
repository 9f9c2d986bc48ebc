import { readFileSync } from 'node:fs';
import { type PluginContext, type PluginViolation, validateFiles } from '../../../lib/validation/files/synth-plugin';
import type { ProductionValidationProperties } from '../../../lib/validation/plugin-properties';
import { inFolder } from '../../support/command-line';
import { CLEAN, FAULTY, WARNED } from '../../support/manifests';

interface Submitted {
  readonly violations: readonly PluginViolation[];
  readonly status: string | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  /** What was written to the file `report`, if anything was. */
  readonly report: string | undefined;
}

/** What cdk8s-cli is told of these files; the acknowledgement file is not among the manifests. */
function validate(files: Readonly<Record<string, string>>, properties: object = {}): Submitted {
  const violations: PluginViolation[] = [];
  let submitted: [status?: string, metadata?: Readonly<Record<string, string>>] = [];
  const context: PluginContext = {
    manifests: Object.keys(files).filter((file) => !file.startsWith('.')),
    report: {
      addViolation: (violation) => void violations.push(violation),
      submit: (...args) => {
        submitted = args;
      },
    },
  };
  return inFolder(files, () => {
    validateFiles(context, properties as ProductionValidationProperties);
    const output = 'output' in properties ? readFileSync(String(properties.output), 'utf8') : undefined;
    return { violations, status: submitted[0], metadata: submitted[1], report: output };
  });
}

test('each open finding is a violation, and errors fail the synthesis', () => {
  expect(validate({ 'shop.k8s.yaml': FAULTY })).toEqual({
    violations: [
      {
        ruleName: 'error app/rollout-cannot-proceed',
        recommendation:
          '0, while maxSurge is 0, so that no roll-out can begin and the API server refuses the Deployment',
        fix: 'set maxSurge to 1; with WebApp: surge: CountOrPercent.count(1)',
        violatingResources: [
          {
            resourceName: 'web',
            locations: ['apps/v1 Deployment shop/web, line 5: spec.strategy.rollingUpdate.maxUnavailable'],
            manifestPath: 'shop.k8s.yaml',
          },
        ],
      },
      {
        ruleName: 'warning app/image-not-pinned',
        recommendation: '`web:latest` is whatever was pushed last, so that a restart may bring another build',
        fix: 'use `web:1.0.0`, with the tag that you mean, or a digest',
        violatingResources: [
          {
            resourceName: 'web',
            locations: ['apps/v1 Deployment shop/web, line 11: spec.template.spec.containers[0].image'],
            manifestPath: 'shop.k8s.yaml',
          },
        ],
      },
    ],
    status: 'failure',
    metadata: { files: '1', objects: '1', errors: '1', warnings: '1', acknowledged: '0', 'fails on': 'error' },
    report: undefined,
  });
});

test('the files of all charts are one world', () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: wev }, ports: [{ port: 80 }] }\n';
  const names = validate({ 'a.yaml': CLEAN, 'b.yaml': service }).violations.map(({ ruleName }) => ruleName);
  expect(names).toContain('warning app/service-selects-nothing');
});

test('the threshold decides', () => {
  const status = (yaml: string, properties?: object) => validate({ 'a.yaml': yaml }, properties).status;
  expect(status(CLEAN)).toBe('success');
  expect(status(WARNED)).toBe('success');
  expect(status(WARNED, { failOn: 'error' })).toBe('success');
  expect(status(WARNED, { failOn: 'warning' })).toBe('failure');
  expect(status(CLEAN, { failOn: 'warning' })).toBe('success');
  expect(validate({ 'a.yaml': WARNED }, { failOn: 'warning' }).metadata).toMatchObject({ 'fails on': 'warning' });
});

test('a report is written where both its form and its file are named', () => {
  const { report } = validate({ 'a.yaml': FAULTY }, { format: 'json', output: 'report' });
  expect(JSON.parse(report ?? '').summary).toMatchObject({ errors: 1, warnings: 1 });
  expect(validate({ 'a.yaml': CLEAN }, { format: 'text', output: 'report' }).report).toBe(
    '1 object in 1 file: 0 errors, 0 warnings\n',
  );
});

test('the target is that of the properties', () => {
  const sidecar = `apiVersion: v1
kind: Pod
metadata: { name: web, ownerReferences: [] }
spec:
  initContainers: [{ name: proxy, image: "proxy:1.0", restartPolicy: Always }]
  containers: [{ name: web, image: "web:1.0" }]
`;
  const names = (properties: object) =>
    validate({ 'a.yaml': sidecar }, properties).violations.map((one) => one.ruleName);
  expect(names({ kubernetes: '1.27' })).toContain('error app/native-sidecar-unsupported');
  expect(names({ kubernetes: '1.33', nodes: 6, istio: '1.30', disposable: false })).not.toContain(
    'error app/native-sidecar-unsupported',
  );
});

test('what the acknowledgement file accepts is no violation', () => {
  const accepted = 'acknowledge: [{ id: app/image-not-pinned, object: "*", reason: r }]';
  expect(validate({ 'a.yaml': WARNED, '.b.yaml': accepted }, { acknowledgements: '.b.yaml' })).toMatchObject({
    violations: [],
    metadata: { warnings: '0', acknowledged: '1' },
  });
  expect(validate({ 'a.yaml': WARNED, '.cdk8s-patterns.yaml': accepted }).violations).toHaveLength(1);
});

test('an entry of the acknowledgement file is over on the day after its last one', () => {
  const accepted = 'acknowledge: [{ id: app/image-not-pinned, object: "*", reason: r, until: 2026-11-26 }]';
  const on = (now: string) => {
    jest.useFakeTimers({ now: new Date(now) });
    const { violations } = validate({ 'a.yaml': WARNED, '.b.yaml': accepted }, { acknowledgements: '.b.yaml' });
    jest.useRealTimers();
    return violations.map(({ ruleName }) => ruleName);
  };
  expect(on('2026-11-26T23:59:59Z')).toEqual([]);
  expect(on('2026-11-27T00:00:00Z')).toEqual([
    'warning app/image-not-pinned',
    'warning findings/expired-acknowledgement',
  ]);
});

test('a file that cannot be read ends the synthesis', () => {
  expect(() => validate({ 'a.yaml': CLEAN, 'b.yaml': 'a: 1\nb: 1\nb: 2\n' })).toThrow(
    'b.yaml:3: Map keys must be unique',
  );
  expect(() => validate({ 'a.yaml': '\u0000' })).toThrow('a.yaml:1: is no text in UTF-8');
  expect(validate({ 'a.yaml': 'b: 1\n' }).metadata).toMatchObject({ files: '1', objects: '0' });
});

const KNOWN = 'kubernetes, nodes, istio, disposable, failOn, format, output, acknowledgements';

test.each<[object, string]>([
  [{ strict: true }, `strict is unknown; known are ${KNOWN}`],
  [{ kubernetes: 1.3 }, 'kubernetes is the number 1.3; write it in quotes, since YAML reads 1.30 as 1.3'],
  [{ istio: 1.3 }, 'istio is the number 1.3; write it in quotes, since YAML reads 1.30 as 1.3'],
  [{ failOn: 'draft' }, 'failOn is neither error nor warning'],
  [{ format: 'json' }, 'format and `output` need each other'],
  [{ output: 'report' }, 'format and `output` need each other'],
  [{ format: 'xml', output: 'report' }, 'format is none of text, json, sarif, gitlab, junit'],
])('%j is refused', (properties, message) => {
  expect(() => validate({ 'a.yaml': CLEAN }, properties)).toThrow(
    new Error(`ProductionValidation: properties.${message}`),
  );
});

test('so is a target that is none', () => {
  expect(() => validate({ 'a.yaml': CLEAN }, { nodes: 'six' })).toThrow('target: nodes=six is no whole number');
  expect(() => validate({ 'a.yaml': CLEAN }, { disposable: 'yes' })).toThrow('target: disposable=yes is neither');
});
