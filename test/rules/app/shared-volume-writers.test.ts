import { sharedVolumeWriters as rule } from '../../../lib/rules/app/shared-volume-writers';
import { findingsOf } from '../../support/rules';

const FIELD = 'Deployment web: app/shared-volume-writers: spec.template.spec.volumes';
const WRITERS = (names: string, volume = 'logs', index = 0) =>
  `${FIELD}[${index}]: ${names} may write to \`${volume}\`, so that one may destroy what another has written; set readOnly: true on all mounts but one, or give each container a volume`;
const NOBODY = (names: string) =>
  `${FIELD}[0]: ${names} read \`logs\`, but nobody writes to it, so that it stays empty; remove readOnly from the mount of the container that writes`;

test('names all who may write', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([WRITERS('web, shipper')]);
});

/** A pod with the volume `logs`, and containers a, b, c ... with these mounts. */
const pod = (mounts: readonly string[], further = '', volume = 'emptyDir: { sizeLimit: 1Mi }') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      ${further}
      volumes: [{ name: logs, ${volume} }, { name: other, emptyDir: { sizeLimit: 1Mi } }]
      containers: [${mounts.map((list, index) => `{ name: ${'abcdefgh'[index]}, image: "x:1", volumeMounts: [${list}] }`).join(', ')}]
`;
const WRITES = '{ name: logs, mountPath: /logs }';
const READS = '{ name: logs, mountPath: /logs, readOnly: true }';
const OTHER = '{ name: other, mountPath: /other }';

test('one writer and any number of readers are right', () => {
  expect(findingsOf(rule, pod([WRITES]))).toEqual([]);
  expect(findingsOf(rule, pod([WRITES, READS]))).toEqual([]);
  expect(findingsOf(rule, pod([READS, WRITES, READS]))).toEqual([]);
});

test('readOnly: false is the default', () => {
  expect(findingsOf(rule, pod([WRITES, READS.replace('true', 'false')]))).toEqual([WRITERS('a, b')]);
});

test('readers beside two writers are not named, nor are more than five', () => {
  expect(findingsOf(rule, pod([WRITES, READS, WRITES]))).toEqual([WRITERS('a, c')]);
  expect(findingsOf(rule, pod(Array(7).fill(WRITES)))).toEqual([WRITERS('a, b, c, d, e and 2 more')]);
});

test('one container may mount a volume twice', () => {
  expect(findingsOf(rule, pod([`${WRITES}, { name: logs, mountPath: /more }`]))).toEqual([]);
  expect(findingsOf(rule, pod([`${READS}, ${WRITES}`, READS]))).toEqual([]);
  expect(findingsOf(rule, pod([`${READS}, ${WRITES}`, `${READS}, ${WRITES}`]))).toEqual([WRITERS('a, b')]);
});

const folder = (subPath: string) => `{ name: logs, mountPath: /logs, ${subPath} }`;

test.each([
  ['subPath: a', 'subPath: b', 0],
  ['subPath: a', 'subPath: a', 1],
  ['subPath: a', 'readOnly: false', 1],
  ['readOnly: false', 'subPath: a', 1],
  ['subPathExpr: $(A)', 'subPathExpr: $(B)', 0],
  ['subPathExpr: $(A)', 'subPathExpr: $(A)', 1],
])('writers to folders %s and %s: %i findings', (one, other, count) => {
  expect(findingsOf(rule, pod([folder(one), folder(other)]))).toEqual(count === 0 ? [] : [WRITERS('a, b')]);
});

test('writers to folders of their own are writers all the same', () => {
  expect(findingsOf(rule, pod([folder('subPath: a'), folder('subPath: b'), READS, READS]))).toEqual([]);
});

test('two readers without a writer read nothing, one alone may be about to get a writer', () => {
  expect(findingsOf(rule, pod([READS, READS]))).toEqual([NOBODY('a, b')]);
  expect(findingsOf(rule, pod([READS, OTHER, READS]))).toEqual([NOBODY('a, c')]);
  expect(findingsOf(rule, pod([`${READS}, ${OTHER}`, READS]))).toEqual([NOBODY('a, b')]);
  expect(findingsOf(rule, pod([READS]))).toEqual([]);
  expect(findingsOf(rule, pod([READS, OTHER]))).toEqual([]);
});

const init = (mount: string, always = '') =>
  `initContainers: [{ name: i, image: "x:1", volumeMounts: [${mount}]${always} }]`;

test('an init container may have written before', () => {
  expect(findingsOf(rule, pod([READS, READS], init(WRITES)))).toEqual([]);
  expect(findingsOf(rule, pod([READS, READS], init(READS)))).toEqual([NOBODY('a, b')]);
  expect(findingsOf(rule, pod([READS, READS], init(OTHER)))).toEqual([NOBODY('a, b')]);
});

test('an init container that has ended writes no more, and reads no more', () => {
  expect(findingsOf(rule, pod([WRITES], init(WRITES)))).toEqual([]);
  expect(findingsOf(rule, pod([READS], init(READS)))).toEqual([]);
});

test('a native sidecar runs beside the app', () => {
  const always = ', restartPolicy: Always';
  expect(findingsOf(rule, pod([WRITES], init(WRITES, always)))).toEqual([WRITERS('a, i')]);
  expect(findingsOf(rule, pod([READS], init(READS, always)))).toEqual([NOBODY('a, i')]);
  expect(findingsOf(rule, pod([READS], init(WRITES, always)))).toEqual([]);
});

test('each volume counts by itself', () => {
  expect(findingsOf(rule, pod([WRITES, OTHER]))).toEqual([]);
  expect(findingsOf(rule, pod([`${WRITES}, ${OTHER}`, `${READS}, ${OTHER}`]))).toEqual([WRITERS('a, b', 'other', 1)]);
});

test('a volume that outlives the pod is not judged', () => {
  expect(findingsOf(rule, pod([WRITES, WRITES], '', 'persistentVolumeClaim: { claimName: x }'))).toEqual([]);
  expect(findingsOf(rule, pod([READS, READS], '', 'configMap: { name: x }'))).toEqual([]);
});
