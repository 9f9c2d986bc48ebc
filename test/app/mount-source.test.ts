import { ApiObject, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Manifests, MountSource, type WebApp } from '../../lib';
import { contentHash } from '../../lib/app/mount-source';
import { chartIn, thrown, web } from '../support/apps';

const podOf = (app: WebApp) => Manifests.of(app).one('Deployment').spec.template;
const hashOf = (app: WebApp) => podOf(app).metadata.annotations['cdk8s-patterns/config-hash'];
const volumeOf = (app: WebApp) => podOf(app).spec.volumes.find(({ name }: { name: string }) => name === 'data');
const mountOf = (app: WebApp) =>
  podOf(app).spec.containers[0].volumeMounts.find(({ name }: { name: string }) => name === 'data');

/** An app with one mount, `data`. */
function mounted(source: MountSource, options: { writable?: boolean; subPath?: string } = {}): WebApp {
  const app = web(chartIn().chart);
  app.mount('data', { path: '/data', source, ...options });
  return app;
}

describe('config', () => {
  test('makes a ConfigMap of the files, under a name of the app', () => {
    const app = mounted(MountSource.config({ 'a.yaml': 'b: c\n' }));
    expect(Manifests.of(app).one('ConfigMap')).toMatchObject({
      apiVersion: 'v1',
      metadata: { name: 'web-data', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'web' } },
      data: { 'a.yaml': 'b: c\n' },
    });
    expect(volumeOf(app)).toEqual({ name: 'data', configMap: { name: 'web-data' } });
    expect(mountOf(app)).toEqual({ name: 'data', mountPath: '/data', readOnly: true });
  });

  test('is a copy of what was given', () => {
    const files = { a: 'before' };
    const source = MountSource.config(files);
    files.a = 'after';
    expect(Manifests.of(mounted(source)).one('ConfigMap').data).toEqual({ a: 'before' });
  });

  test('rolls the pods when a content or a name changes, and not for the order of the files', () => {
    const hash = (files: Record<string, string>) => hashOf(mounted(MountSource.config(files)));
    const before = hash({ a: '1', b: '2' });
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(hash({ b: '2', a: '1' })).toBe(before);
    expect(hash({ a: '1', b: '3' })).not.toBe(before);
    expect(hash({ a: '1', c: '2' })).not.toBe(before);
    expect(hash({ a: '2', b: '1' })).not.toBe(before);
  });

  test('rolls the pods when any of several changes', () => {
    const two = (second: string) => {
      const app = mounted(MountSource.config({ a: '1' }));
      app.mount('more', { path: '/more', source: MountSource.config({ a: second }) });
      return hashOf(app);
    };
    expect(two('1')).not.toBe(two('2'));
    expect(two('1')).not.toBe(hashOf(mounted(MountSource.config({ a: '1' }))));
  });

  test('without files is refused', () => {
    expect(thrown(() => MountSource.config({}))).toBe('MountSource.config: there is no file');
  });
});

describe('a ConfigMap of cdk8s-plus', () => {
  test('is mounted by its name', () => {
    const app = web(chartIn().chart);
    const map = new kplus.ConfigMap(app, 'map', { metadata: { name: 'settings' }, data: { a: '1' } });
    app.mount('data', { path: '/data', source: MountSource.configMap(map) });
    expect(volumeOf(app)).toEqual({ name: 'data', configMap: { name: 'settings' } });
    expect(Manifests.of(app).all('ConfigMap')).toHaveLength(1);
  });

  test('rolls the pods when it is changed later: by addData, by binary data, or by a patch', () => {
    const { chart } = chartIn();
    const app = web(chart);
    const map = new kplus.ConfigMap(chart, 'map', { data: { a: '1' } });
    app.mount('data', { path: '/data', source: MountSource.configMap(map) });
    const hashes = [hashOf(app)];
    map.addData('b', '2');
    hashes.push(hashOf(app));
    map.addBinaryData('c', 'AA==');
    hashes.push(hashOf(app));
    ApiObject.of(map).addJsonPatch(JsonPatch.replace('/data/a', '3'));
    hashes.push(hashOf(app));
    expect(new Set(hashes).size).toBe(4);
    expect(hashOf(app)).toBe(hashes[3]);
  });

  test('does not roll them for a label of it', () => {
    const { chart } = chartIn();
    const app = web(chart);
    const map = new kplus.ConfigMap(chart, 'map', { data: { a: '1' } });
    app.mount('data', { path: '/data', source: MountSource.configMap(map) });
    const before = hashOf(app);
    map.metadata.addLabel('owner', 'me');
    expect(hashOf(app)).toBe(before);
  });

  test('that somebody else makes has no content to look at', () => {
    const { chart } = chartIn();
    const app = web(chart);
    const source = MountSource.configMap(kplus.ConfigMap.fromConfigMapName(chart, 'map', 'settings'));
    app.mount('data', { path: '/data', source });
    expect(volumeOf(app)).toEqual({ name: 'data', configMap: { name: 'settings' } });
    expect(podOf(app).metadata.annotations).not.toHaveProperty(['cdk8s-patterns/config-hash']);
  });
});

describe('other sources do not roll the pods, and are mounted', () => {
  const { chart } = chartIn();
  const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'files');
  test.each<[string, MountSource, object]>([
    [
      'a Secret of cdk8s-plus',
      MountSource.secret(kplus.Secret.fromSecretName(chart, 'secret', 'token')),
      { secret: { secretName: 'token' } },
    ],
    ['a Secret by name', MountSource.secretNamed('token'), { secret: { secretName: 'token' } }],
    ['a claim by name', MountSource.claimNamed('files'), { persistentVolumeClaim: { claimName: 'files' } }],
    [
      'a volume of cdk8s-plus, under the name of the mount',
      MountSource.volume(kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', claim, { name: 'theirs' })),
      { persistentVolumeClaim: { claimName: 'files', readOnly: false } },
    ],
    [
      'an empty volume of cdk8s-plus',
      MountSource.volume(kplus.Volume.fromEmptyDir(chart, 'empty', 'theirs', { sizeLimit: Size.mebibytes(5) })),
      { emptyDir: { sizeLimit: '5Mi' } },
    ],
  ])('%s', (_, source, volume) => {
    const app = mounted(source);
    expect(volumeOf(app)).toEqual({ name: 'data', ...volume });
    expect(hashOf(app)).toBeUndefined();
    expect(Manifests.of(app).all('ConfigMap')).toEqual([]);
  });
});

describe('writable', () => {
  const { chart } = chartIn();
  const refusal =
    '[shop/web] mount data: writable has no effect: configuration and secrets cannot be written; remove it';
  const map = new kplus.ConfigMap(chart, 'map', { data: { a: '1' } });
  test.each([
    ['config', MountSource.config({ a: '1' })],
    ['a ConfigMap', MountSource.configMap(map)],
    ['a Secret', MountSource.secret(kplus.Secret.fromSecretName(chart, 'secret', 'token'))],
    ['a Secret by name', MountSource.secretNamed('token')],
  ])('is refused for %s', (_, source) => {
    expect(thrown(() => mounted(source, { writable: true }))).toBe(refusal);
  });

  test.each([
    ['a claim', MountSource.claimNamed('files')],
    ['a volume', MountSource.volume(kplus.Volume.fromHostPath(chart, 'host', 'host', { path: '/host' }))],
  ])('makes %s writable, which it is not without', (_, source) => {
    expect(mountOf(mounted(source, { writable: true }))).toStrictEqual({ name: 'data', mountPath: '/data' });
    expect(mountOf(mounted(source))).toStrictEqual({ name: 'data', mountPath: '/data', readOnly: true });
  });
});

test('a part of a source is mounted alone', () => {
  const app = mounted(MountSource.secretNamed('token'), { subPath: 'tls.crt' });
  expect(mountOf(app)).toEqual({ name: 'data', mountPath: '/data', subPath: 'tls.crt', readOnly: true });
});

test('the name of a claim is checked, and may be as long as Kubernetes allows', () => {
  expect(thrown(() => MountSource.claimNamed('My Files'))).toBe(
    'MountSource.claimNamed: `My Files` is not a DNS label; use lower-case letters, digits and inner hyphens',
  );
  expect(thrown(() => MountSource.claimNamed('a'.repeat(254)))).toContain('has 254 characters, 253 are allowed');
  expect(() => MountSource.claimNamed('a'.repeat(253))).not.toThrow();
});

test('a hash has 16 digits, and tells where one content ends and the next begins', () => {
  expect(contentHash(['a', 'b'])).toBe('0473ef2dc0d324ab');
  expect(contentHash(['ab'])).not.toBe(contentHash(['a', 'b']));
});
