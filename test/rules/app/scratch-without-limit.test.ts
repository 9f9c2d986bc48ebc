import { scratchWithoutLimit as rule } from '../../../lib/rules/app/scratch-without-limit';
import { findings, findingsOf, varied } from '../../support/rules';

const line = (harm: string, names = 'web') =>
  `Deployment web: app/scratch-without-limit: spec.template.spec.volumes[0].emptyDir.sizeLimit: missing, so that what ${names} writes can ${harm}; set sizeLimit to 256Mi; with WebApp: addScratch('cache', { path, sizeLimit: Size.mebibytes(256) })`;
const DISK = 'fill the disk of the node, from which other pods are evicted then';
const MEMORY = 'take the memory that the containers need';

test('names who may fill the disk', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(DISK)]);
});

const scratch = (emptyDir: string) => varied(rule.bad, 'emptyDir: {}', `emptyDir: ${emptyDir}`);

test('a volume in memory takes memory', () => {
  expect(findingsOf(rule, scratch('{ medium: Memory }'))).toEqual([line(MEMORY)]);
  expect(findingsOf(rule, scratch('{ medium: HugePages }'))).toEqual([line(DISK)]);
  expect(findingsOf(rule, scratch('{ medium: "" }'))).toEqual([line(DISK)]);
  expect(findingsOf(rule, scratch('{ medium: Memory, sizeLimit: 64Mi }'))).toEqual([]);
});

test('any size is a limit, also one without a unit', () => {
  expect(findingsOf(rule, scratch('{ sizeLimit: 1000000 }'))).toEqual([]);
  expect(findingsOf(rule, scratch('{ sizeLimit: null }'))).toEqual([line(DISK)]);
  expect(findingsOf(rule, scratch('{ sizeLimit: {} }'))).toEqual([line(DISK)]);
});

const mount = (text: string) => varied(rule.bad, '{ name: cache, mountPath: /cache }', text);

test('nobody writes through a read-only mount, or to another volume', () => {
  expect(findingsOf(rule, mount('{ name: cache, mountPath: /cache, readOnly: true }'))).toEqual([]);
  expect(findingsOf(rule, mount('{ name: other, mountPath: /cache }'))).toEqual([]);
  expect(findingsOf(rule, mount(''))).toEqual([]);
  expect(
    findingsOf(rule, mount('{ name: other, mountPath: /a, readOnly: true }, { name: cache, mountPath: /b }')),
  ).toEqual([line(DISK)]);
});

const MOUNT = 'volumeMounts: [{ name: cache, mountPath: /cache }]';

test('init containers and sidecars write as well', () => {
  const inits = `initContainers: [{ name: fill, image: "a:1", ${MOUNT} }, { name: log, image: "a:1", restartPolicy: Always, ${MOUNT} }]`;
  expect(findingsOf(rule, varied(rule.bad, 'containers:\n', `${inits}\n      containers:\n`))).toEqual([
    line(DISK, 'web, log, fill'),
  ]);
});

test('each volume is one finding', () => {
  const second = varied(rule.bad, 'emptyDir: {} }', 'emptyDir: {} }, { name: tmp, emptyDir: {} }');
  const found = findingsOf(
    rule,
    varied(second, 'mountPath: /cache }', 'mountPath: /cache }, { name: tmp, mountPath: /tmp }'),
  );
  expect(found).toHaveLength(2);
  expect(found[1]).toContain('volumes[1].emptyDir.sizeLimit: missing, so that what web writes can fill');
});

test('a limit for all that the pod writes on disk is a limit; memory is no disk', () => {
  const limited = (emptyDir: string, limit: string) =>
    varied(scratch(emptyDir), MOUNT, `${MOUNT}, resources: { limits: { ${limit} } }`);
  expect(findingsOf(rule, limited('{}', 'ephemeral-storage: 1Gi'))).toEqual([]);
  expect(findingsOf(rule, limited('{}', 'memory: 1Gi'))).toEqual([line(DISK)]);
  expect(findingsOf(rule, limited('{ medium: Memory }', 'ephemeral-storage: 1Gi'))).toEqual([line(MEMORY)]);
});

test('the limit of any container holds for the pod', () => {
  const other = '{ name: other, image: "a:1", resources: { limits: { ephemeral-storage: 1Gi } } }';
  expect(findingsOf(rule, varied(rule.bad, 'containers:\n', `containers:\n        - ${other}\n`))).toEqual([]);
});

test('null is not flagged, and other volumes have no such limit', () => {
  expect(findings(scratch('null'))).toEqual([]);
  expect(findings(varied(rule.bad, 'emptyDir: {}', 'configMap: { name: x }'))).toEqual([]);
});
