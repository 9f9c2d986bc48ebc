import { VolumeClaimFact } from '../../lib/facts';
import { worldOf } from '../support/facts';

const claim = (spec: string) => {
  const fact = worldOf(
    `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data }, spec: ${spec} }`,
  ).claim('default', 'data');
  return { isShared: fact?.isShared, modes: fact?.modes };
};

test.each([
  ['v1', 'PersistentVolumeClaim', true],
  ['v1', 'PersistentVolume', false],
  ['example.com/v1', 'PersistentVolumeClaim', false],
])('%s %s is a claim: %j', (apiVersion, kind, expected) => {
  const [object] = worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).objects;
  expect(object instanceof VolumeClaimFact).toBe(expected);
});

test.each([
  ['[ReadWriteOnce]', false, 'ReadWriteOnce'],
  ['[ReadWriteOncePod]', false, 'ReadWriteOncePod'],
  ['[ReadWriteMany]', true, 'ReadWriteMany'],
  ['[ReadOnlyMany]', true, 'ReadOnlyMany'],
  ['[ReadWriteOnce, ReadOnlyMany]', true, 'ReadWriteOnce, ReadOnlyMany'],
  ['[]', false, ''],
  ['null', false, ''],
  ['ReadWriteMany', false, ''],
  ['[null, 7, ReadWriteMany]', true, 'ReadWriteMany'],
])('modes %s are shared: %j, written %j', (modes, isShared, written) => {
  expect(claim(`{ accessModes: ${modes} }`)).toEqual({ isShared, modes: written });
});

test.each(['{}', 'null', '7', '[a]'])('a claim with the spec %s has no modes', (spec) => {
  expect(claim(spec)).toEqual({ isShared: false, modes: '' });
});
