import { Size } from 'cdk8s';
import { type ResourceRequest, Resources } from '../../lib';
import { thrown } from '../support/apps';

const LEAST: ResourceRequest = { cpuMillis: 200, memory: Size.mebibytes(256) };
const manifest = (more: Partial<ResourceRequest> = {}) => Resources.request({ ...LEAST, ...more })._manifest;
const refusal = (more: Partial<ResourceRequest>) => thrown(() => Resources.request({ ...LEAST, ...more }));

test('memory is limited to what is requested; CPU is not limited', () => {
  expect(manifest()).toStrictEqual({ requests: { cpu: '200m', memory: '256Mi' }, limits: { memory: '256Mi' } });
});

test('every limit is written', () => {
  expect(
    manifest({
      cpuLimitMillis: 2000,
      memoryLimit: Size.gibibytes(1),
      ephemeralStorage: Size.gibibytes(2),
      ephemeralStorageLimit: Size.gibibytes(3),
    }),
  ).toStrictEqual({
    requests: { cpu: '200m', memory: '256Mi', 'ephemeral-storage': '2Gi' },
    limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '3Gi' },
  });
});

test('local disk is limited to what is requested', () => {
  expect(manifest({ ephemeralStorage: Size.gibibytes(2) }).limits).toEqual({
    memory: '256Mi',
    'ephemeral-storage': '2Gi',
  });
});

test('limits may equal their requests', () => {
  expect(
    manifest({
      cpuLimitMillis: 200,
      memoryLimit: Size.kibibytes(256 * 1024),
      ephemeralStorage: Size.gibibytes(1),
      ephemeralStorageLimit: Size.mebibytes(1024),
    }).limits,
  ).toEqual({ cpu: '200m', memory: '256Mi', 'ephemeral-storage': '1Gi' });
});

test.each<[Partial<ResourceRequest>, string]>([
  [{ cpuMillis: 0 }, 'Resources.request: cpuMillis: 0 is below 1'],
  [{ cpuMillis: 0.5 }, 'Resources.request: cpuMillis: 0.5 is not a whole number'],
  [{ memory: Size.mebibytes(0) }, 'Resources.request: memory: a size of 0 KiB is not above 0'],
  [{ cpuLimitMillis: 0.5 }, 'Resources.request: cpuLimitMillis: 0.5 is not a whole number'],
  [
    { cpuLimitMillis: 199 },
    'Resources.request: cpuLimitMillis 199m is below cpuMillis 200m; raise cpuLimitMillis to 200m or more',
  ],
  [
    { memoryLimit: Size.mebibytes(255) },
    'Resources.request: memoryLimit 261120 KiB is below memory 262144 KiB; raise memoryLimit to 262144 KiB or more',
  ],
  [
    { ephemeralStorage: Size.kibibytes(2), ephemeralStorageLimit: Size.kibibytes(1) },
    'Resources.request: ephemeralStorageLimit 1 KiB is below ephemeralStorage 2 KiB; raise ephemeralStorageLimit to 2 KiB or more',
  ],
  [
    { ephemeralStorageLimit: Size.gibibytes(1) },
    'Resources.request: ephemeralStorageLimit has no effect without ephemeralStorage; give both',
  ],
  [{ ephemeralStorage: Size.kibibytes(0) }, 'Resources.request: ephemeralStorage: a size of 0 KiB is not above 0'],
])('nonsense is refused: %#', (more, message) => {
  expect(refusal(more)).toBe(message);
});

test('the request is kept for those who count', () => {
  expect(Resources.request(LEAST)._request).toBe(LEAST);
});

test('resources are shared by containers, and frozen for that', () => {
  const { _manifest } = Resources.request(LEAST);
  expect([_manifest, _manifest.requests, _manifest.limits].map(Object.isFrozen)).toEqual([true, true, true]);
});
