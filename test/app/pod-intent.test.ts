import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as p from '../../lib';
import { extraPodLabels, type PodForm, type PodParts, resolvePod } from '../../lib/app/pod-intent';
import { Scratch } from '../../lib/app/scratch';
import { thrown } from '../support/apps';
import { parts, RESOURCES, SIDE, TASK } from '../support/parts';

const seconds = Duration.seconds;
const form = (kubernetes = '1.33', further: Partial<PodForm> = {}): PodForm => ({
  name: 'web',
  kubernetes: p.KubernetesVersion.of(kubernetes),
  ports: [],
  probes: () => ({}),
  defaultDelay: 10,
  labels: {},
  annotations: {},
  completes: false,
  ...further,
});
const pod = (props: Partial<p.AppWorkloadProps> = {}, given: Partial<PodParts> = {}, kubernetes?: string) =>
  resolvePod(form(kubernetes), { ...TASK, ...props }, parts(given));
const init = (options: Partial<p.InitContainerOptions> = {}, name = 'init') => ({
  name,
  options: { ...SIDE, ...options },
});
const scratch = (name: string, path = `/${name}`) => Scratch._of(name, { path, sizeLimit: Size.mebibytes(1) });
const tmp = (name: string, sizeLimit = '256Mi') => ({ name, source: { emptyDir: { sizeLimit } } });
const atTmp = (name: string) => ({ name, mountPath: '/tmp', readOnly: false });

describe('with nothing but an image and resources', () => {
  test('a pod has one container, a writable /tmp, an account of its name, and time for delay, drain and 5 s more', () => {
    expect(pod()).toEqual({
      labels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' },
      annotations: { 'cdk8s-patterns/drain': '20s' },
      serviceAccount: 'web',
      props: TASK,
      grace: 35,
      inits: [],
      sidecars: [],
      containers: [
        {
          name: 'web',
          props: TASK,
          ports: [],
          env: [],
          probes: {},
          stop: { preStop: { kind: 'sleep', seconds: 10 } },
          mounts: [atTmp('tmp')],
        },
      ],
      volumes: [tmp('tmp')],
    });
  });

  test('the labels and annotations of the form are there, and labels may take the place of ours', () => {
    const { labels, annotations } = resolvePod(
      form('1.33', { labels: { track: 'stable', 'app.kubernetes.io/name': 'old' }, annotations: { a: 'b' } }),
      TASK,
      parts(),
    );
    expect(labels).toEqual({
      'app.kubernetes.io/name': 'old',
      'app.kubernetes.io/instance': 'web',
      track: 'stable',
    });
    expect(annotations).toEqual({ a: 'b', 'cdk8s-patterns/drain': '20s' });
  });

  test('the probes are solved with the delay that holds', () => {
    const probes = jest.fn(() => ({}));
    resolvePod(form('1.33', { probes }), TASK, parts());
    resolvePod(form('1.33', { probes }), { ...TASK, shutdown: p.Shutdown.graceful({ delay: seconds(3) }) }, parts());
    expect(probes.mock.calls).toEqual([[10], [3]]);
  });
});

describe('what is given', () => {
  test('account, annotations and drain are taken', () => {
    const given = pod({
      serviceAccount: 'robot',
      podAnnotations: { 'x.y/z': 'any text; at all' },
      shutdown: p.Shutdown.graceful({ drain: seconds(45), delay: seconds(2) }),
    });
    expect(given).toMatchObject({ serviceAccount: 'robot', grace: 52 });
    expect(given.annotations).toEqual({ 'cdk8s-patterns/drain': '45s', 'x.y/z': 'any text; at all' });
  });

  test('a grace period of your own is taken as it is', () => {
    expect(pod({ shutdown: p.Shutdown.graceful({ grace: seconds(7) }) }).grace).toBe(7);
  });

  test('/tmp has the size that is given, and is not there where everything may be written', () => {
    expect(pod({ tmp: Size.mebibytes(8) }).volumes).toEqual([tmp('tmp', '8Mi')]);
    const writable = pod({ writableRoot: true });
    expect(writable.volumes).toEqual([]);
    expect(writable.containers[0]?.mounts).toEqual([]);
  });

  test('plain variables come first, those from elsewhere behind them', () => {
    const env = [
      { name: 'NODE', value: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME) },
      { name: 'PLAIN', value: kplus.EnvValue.fromValue('x') },
    ];
    expect(pod({ env: { A: 'b', C: '' } }, { env }).containers[0]?.env).toEqual([
      { name: 'A', value: 'b' },
      { name: 'C', value: '' },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'PLAIN', value: 'x' },
    ]);
  });

  test('ports of the form come first, those that were added behind them', () => {
    const given = resolvePod(
      form('1.33', { ports: [{ name: 'http', number: 8080 }] }),
      TASK,
      parts({ ports: [{ name: 'metrics', number: 9100 }] }),
    );
    expect(given.containers[0]?.ports).toEqual([
      { name: 'http', number: 8080 },
      { name: 'metrics', number: 9100 },
    ]);
  });
});

describe('volumes', () => {
  test('the app sees each scratch and each mount, and has a folder of its own for configuration', () => {
    const source = p.MountSource.config({ a: 'b' });
    const claim = p.MountSource.claimNamed('files');
    const given = pod(
      {},
      {
        scratches: [scratch('cache')],
        mounts: [
          { name: 'config', options: { path: '/etc/web', source } },
          { name: 'files', options: { path: '/files', source: claim, writable: true, subPath: 'a' } },
        ],
      },
    );
    expect(given.containers[0]?.mounts).toEqual([
      atTmp('tmp'),
      { name: 'cache', mountPath: '/cache', readOnly: false },
      { name: 'config', mountPath: '/etc/web', readOnly: true },
      { name: 'files', mountPath: '/files', readOnly: false, subPath: 'a' },
    ]);
    expect(given.volumes).toEqual([
      tmp('tmp'),
      { name: 'cache', source: { emptyDir: { sizeLimit: '1Mi' } } },
      { name: 'config', source: { configMap: { name: 'web-config' } } },
      { name: 'files', source: { persistentVolumeClaim: { claimName: 'files' } } },
    ]);
    expect(given.annotations).toEqual({
      'cdk8s-patterns/drain': '20s',
      'cdk8s-patterns/config-hash': expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  test('init containers and sidecars see what they read and write, and have a /tmp of their own', () => {
    const [logs, cache] = [scratch('logs'), scratch('cache')];
    const given = pod(
      {},
      {
        scratches: [logs, cache],
        inits: [init({ writes: cache, tmp: Size.mebibytes(2) })],
        sidecars: [p.Sidecar.of('ship', { ...SIDE, reads: logs, writes: cache })],
      },
    );
    expect(given.inits[0]?.mounts).toEqual([
      { name: 'cache', mountPath: '/cache', readOnly: false },
      atTmp('init-tmp'),
    ]);
    expect(given.sidecars[0]?.mounts).toEqual([
      { name: 'logs', mountPath: '/logs', readOnly: true },
      { name: 'cache', mountPath: '/cache', readOnly: false },
      atTmp('ship-tmp'),
    ]);
    expect(given.volumes.map(({ name }) => name)).toEqual(['tmp', 'init-tmp', 'ship-tmp', 'logs', 'cache']);
    expect(given.volumes[1]).toEqual(tmp('init-tmp', '2Mi'));
  });

  test('a helper that may write anywhere has no /tmp of its own', () => {
    const given = pod({}, { inits: [init({ writableRoot: true })] });
    expect(given.inits[0]?.mounts).toEqual([]);
    expect(given.volumes).toEqual([tmp('tmp')]);
  });
});

describe('sidecars', () => {
  const stops = (within: number) => ({ ...SIDE, stopsWithin: seconds(within) });
  const a = p.Sidecar.of('a', stops(8));
  const b = p.Sidecar.of('b', stops(5));

  test('in the restartable form stop one after the other, and need no hook', () => {
    const given = pod({}, { sidecars: [a, b] }, '1.29');
    expect(given.sidecars.map(({ name, stop }) => [name, stop])).toEqual([
      ['a', {}],
      ['b', {}],
    ]);
    expect(given.containers).toHaveLength(1);
    expect(given.grace).toBe(10 + 20 + 8 + 5 + 5);
    expect(given.annotations).toEqual({ 'cdk8s-patterns/drain': '20s', 'cdk8s-patterns/sidecars-stop-within': 'a=8s' });
  });

  test('in the classic form outlive the app, and stop side by side', () => {
    const given = pod({}, { sidecars: [a, b] }, '1.28');
    expect(given.sidecars).toEqual([]);
    const hook = { preStop: { kind: 'exec', command: ['sleep', '30'] } };
    expect(given.containers.slice(1).map(({ name, stop }) => [name, stop])).toEqual([
      ['a', hook],
      ['b', hook],
    ]);
    expect(given.grace).toBe(10 + 20 + 8 + 5);
    expect(given.annotations).toEqual({
      'cdk8s-patterns/drain': '20s',
      'cdk8s-patterns/classic-sidecars': 'a,b',
      'cdk8s-patterns/sidecars-stop-within': 'a=8s',
    });
  });

  test('of both forms: the restartable ones stop after the slowest of the others', () => {
    const classic = p.Sidecar.classic('c', stops(7));
    const given = pod({}, { sidecars: [classic, a] });
    expect(given.grace).toBe(10 + 20 + 7 + 8 + 5);
    expect(given.sidecars.map(({ name }) => name)).toEqual(['a']);
    expect(given.containers.map(({ name }) => name)).toEqual(['web', 'c']);
    expect(given.annotations['cdk8s-patterns/sidecars-stop-within']).toBe('c=7s,a=8s');
  });

  test('with a check are asked whether they have started and whether they live, not whether they are ready', () => {
    const health = p.HealthCheck.http('/ready', { alivePath: '/live' });
    const { sidecars } = pod({}, { sidecars: [p.Sidecar.of('s', { ...SIDE, health, ports: { proxy: 9000 } })] });
    const [sidecar] = sidecars;
    expect(sidecar?.ports).toEqual([{ name: 'proxy', number: 9000 }]);
    expect(sidecar?.probes.startup).toMatchObject({ port: 'proxy', handler: { path: '/live' } });
    expect(sidecar?.probes.liveness).toMatchObject({ port: 'proxy', handler: { path: '/live' }, grace: 5 });
    expect(sidecar?.probes.readiness).toBeUndefined();
  });

  test('with a heartbeat are restarted when it stops', () => {
    const health = p.HealthCheck.heartbeat('/tmp/alive', seconds(20));
    const [sidecar] = pod({}, { sidecars: [p.Sidecar.of('s', { ...SIDE, health })] }).sidecars;
    expect(sidecar?.probes.liveness?.handler).toBe(health._intent.ready);
    expect(sidecar?.probes.startup?.handler).toBe(health._intent.ready);
  });

  test('in the classic form have time for the delay of their hook when liveness ends them', () => {
    const health = p.HealthCheck.tcp({ restartCures: true });
    const sidecar = p.Sidecar.classic('s', { ...SIDE, health, ports: { proxy: 9000 } });
    expect(pod({}, { sidecars: [sidecar] }).containers[1]?.probes.liveness?.grace).toBe(35);
  });

  test('without a check have no probe', () => {
    expect(pod({}, { sidecars: [a] }).sidecars[0]?.probes).toEqual({});
  });

  test('that start before the app, and images without a shell, are written down', () => {
    const health = p.HealthCheck.http('/ok', { port: 9000 });
    const early = (name: string) => p.Sidecar.of(name, { ...SIDE, health, startsBeforeApp: true, hasShell: false });
    const { annotations } = pod({ hasShell: false }, { sidecars: [early('x'), a, early('y')] });
    expect(annotations).toMatchObject({
      'cdk8s-patterns/starts-before-app': 'x,y',
      'cdk8s-patterns/without-shell': 'web,x,y',
    });
    expect(pod({ hasShell: true }, { sidecars: [a] }).annotations).not.toHaveProperty(['cdk8s-patterns/without-shell']);
  });

  test('in the classic form need a shell where the kubelet cannot sleep', () => {
    const sidecar = (hasShell: boolean | undefined) => p.Sidecar.of('s', { ...SIDE, hasShell });
    expect(() => pod({}, { sidecars: [sidecar(undefined)] }, '1.28')).not.toThrow();
    expect(thrown(() => pod({}, { sidecars: [sidecar(false)] }, '1.28'))).toBe(
      'shutdown: Kubernetes 1.28 delays a stop only by running sleep, and the image of s has none; use a target of 1.30 or newer, or an image with a shell',
    );
  });
});

describe('of a task', () => {
  const completing = (sidecar: p.Sidecar, kubernetes: string) =>
    resolvePod(form(kubernetes, { completes: true, defaultDelay: 0 }), TASK, parts({ sidecars: [sidecar] }));

  test('a restartable sidecar lets it complete', () => {
    expect(completing(p.Sidecar.of('s', SIDE), '1.29').sidecars).toHaveLength(1);
  });

  test.each([
    [p.Sidecar.of('s', SIDE), '1.28'],
    [p.Sidecar.classic('s', SIDE), '1.33'],
  ])('a classic one does not, and is refused: case %#', (sidecar, kubernetes) => {
    expect(thrown(() => completing(sidecar, kubernetes))).toBe(
      'addSidecar: sidecar s has the classic form, with which the task never completes; use Sidecar.restartable and a target of 1.29 or newer',
    );
  });
});

const twice = (what: string, name: string) => `${what}: \`${name}\` is there twice; give each its own`;
const config = p.MountSource.config({ a: 'b' });
const LONG = 'a'.repeat(60);
test.each<[string, () => unknown, string]>([
  [
    'an image without a tag',
    () => pod({ image: 'web' }),
    'web: image: `web` has no tag, so that each pull may bring another build; use `web:1.0.0` or a digest',
  ],
  [
    'an init image without a tag',
    () => pod({}, { inits: [init({ image: 'i' })] }),
    'init: image: `i` has no tag, so that each pull may bring another build; use `i:1.0.0` or a digest',
  ],
  ['a variable', () => pod({ env: { 'A B': 'c' } }), 'env: `A B` is not the name of an environment variable'],
  [
    'a variable of an init container',
    () => pod({}, { inits: [init({ env: { 'A B': 'c' } })] }),
    'env: `A B` is not the name of an environment variable',
  ],
  [
    'a variable twice',
    () => pod({ env: { A: 'b' } }, { env: [{ name: 'A', value: kplus.EnvValue.fromValue('c') }] }),
    twice('variable of web', 'A'),
  ],
  ['an init container of the name of the app', () => pod({}, { inits: [init({}, 'web')] }), twice('container', 'web')],
  [
    'a sidecar of the name of an init container',
    () => pod({}, { inits: [init()], sidecars: [p.Sidecar.of('init', SIDE)] }),
    twice('container', 'init'),
  ],
  ['a scratch of the name of /tmp', () => pod({}, { scratches: [scratch('tmp', '/x')] }), twice('volume', 'tmp')],
  [
    'a mount of the name of a scratch',
    () => pod({}, { scratches: [scratch('x')], mounts: [{ name: 'x', options: { path: '/y', source: config } }] }),
    twice('volume', 'x'),
  ],
  [
    'two mounts in one place',
    () => pod({}, { scratches: [scratch('x')], mounts: [{ name: 'y', options: { path: '/x', source: config } }] }),
    twice('mount path of web', '/x'),
  ],
  [
    'a mount over /tmp of a helper',
    () => {
      const shared = scratch('x', '/tmp');
      return pod({ writableRoot: true }, { scratches: [shared], inits: [init({ reads: shared })] });
    },
    twice('mount path of init', '/tmp'),
  ],
  [
    'a volume that is no DNS label',
    () => pod({}, { mounts: [{ name: 'A', options: { path: '/a', source: config } }] }),
    'volume: `A` is not a DNS label; use lower-case letters, digits and inner hyphens',
  ],
  [
    'an init container that is no DNS label',
    () => pod({}, { inits: [init({}, 'A')] }),
    'container: `A` is not a DNS label; use lower-case letters, digits and inner hyphens',
  ],
  [
    'a helper whose /tmp would have too long a name',
    () => pod({}, { inits: [init({}, LONG)] }),
    `volume: \`${LONG}-tmp\` has 64 characters, 63 are allowed`,
  ],
  [
    'a relative mount',
    () => pod({}, { mounts: [{ name: 'x', options: { path: 'x', source: config } }] }),
    'mount x: path: `x` is not absolute; use `/x`',
  ],
  [
    'configuration to be written',
    () => pod({}, { mounts: [{ name: 'x', options: { path: '/x', source: config, writable: true } }] }),
    'mount x: writable has no effect: configuration and secrets cannot be written; remove it',
  ],
  [
    '/tmp where all may be written',
    () => pod({ writableRoot: true, tmp: Size.mebibytes(1) }),
    'web: tmp: has no effect beside writableRoot: the process writes where it likes; remove one',
  ],
  [
    '/tmp of a helper that may write all',
    () => pod({}, { inits: [init({ writableRoot: true, tmp: Size.mebibytes(1) })] }),
    'init: tmp: has no effect beside writableRoot: the process writes where it likes; remove one',
  ],
  ['/tmp of no size', () => pod({ tmp: Size.kibibytes(0) }), 'web: tmp: a size of 0 KiB is not above 0'],
  [
    '/tmp of a sidecar of no size',
    () => pod({}, { sidecars: [p.Sidecar.of('s', { ...SIDE, tmp: Size.kibibytes(0) })] }),
    's: tmp: a size of 0 KiB is not above 0',
  ],
  [
    'the volume of another app to read',
    () => pod({}, { scratches: [scratch('mine')], sidecars: [p.Sidecar.of('s', { ...SIDE, reads: scratch('logs') })] }),
    's: volume `logs` belongs to another app; use what addScratch() of this app returned',
  ],
  [
    'the volume of another app to write',
    () => pod({}, { inits: [init({ writes: scratch('logs') })] }),
    'init: volume `logs` belongs to another app; use what addScratch() of this app returned',
  ],
  [
    'two ports of one name',
    () => {
      const ports = [
        { name: 'a', number: 1 },
        { name: 'a', number: 2 },
      ];
      return resolvePod(form('1.33', { ports }), TASK, parts());
    },
    'ports: a: 2 meets a: 1; give each port one name and number',
  ],
  [
    'two ports of one number, with another between them',
    () => {
      const ports = [
        { name: 'a', number: 1 },
        { name: 'b', number: 2 },
      ];
      return resolvePod(form('1.33', { ports }), TASK, parts({ ports: [{ name: 'c', number: 1 }] }));
    },
    'ports: c: 1 meets a: 1; give each port one name and number',
  ],
  [
    'a port of a sidecar',
    () => pod({}, { sidecars: [p.Sidecar.of('s', { ...SIDE, ports: { a: 0 } })] }),
    'port a: 0 is outside 1 to 65535',
  ],
  [
    'a port name of a sidecar',
    () => pod({}, { sidecars: [p.Sidecar.of('s', { ...SIDE, ports: { A: 1 } })] }),
    'ports: `A` is not a port name; use lower-case letters, digits and single inner hyphens',
  ],
  [
    'a heartbeat that the image of a sidecar cannot run',
    () => {
      const health = p.HealthCheck.heartbeat('/tmp/alive', seconds(9));
      return pod({}, { sidecars: [p.Sidecar.of('s', { ...SIDE, health, hasShell: false })] });
    },
    "Sidecar s: HealthCheck.heartbeat runs a shell and date, and the image of s has none; use HealthCheck.command(['/bin/check'])",
  ],
  ['user 0', () => pod({ userId: 0 }), 'userId: 0 is below 1'],
  ['half a group', () => pod({ groupId: 1.5 }), 'groupId: 1.5 is not a whole number'],
  ['volume group -1', () => pod({ volumeGroupId: -1 }), 'volumeGroupId: -1 is below 1'],
  [
    'a toleration of a value without a key',
    () => pod({ tolerations: [{ key: 'a', value: 'b' }, { value: 'c' }] }),
    'tolerations: value `c` has no effect without key; give both, or neither',
  ],
  [
    'an annotation',
    () => pod({ podAnnotations: { 'a b': 'c' } }),
    'podAnnotations: `a b` is not a qualified name; use `name` or `dns.prefix/name`',
  ],
])('refuses %s', (_, work, message) => {
  expect(thrown(work)).toBe(message);
});

test.each<[string, () => unknown]>([
  ['users and groups from 1 on', () => pod({ userId: 1, groupId: 1, volumeGroupId: 1 })],
  [
    'a toleration of every key, of a key, of a key and a value',
    () => pod({ tolerations: [{}, { key: 'a' }, { key: 'a', value: 'b' }] }),
  ],
  [
    'one number in two containers: only one pod can tell',
    () => pod({}, { ports: [{ name: 'a', number: 1 }], sidecars: [p.Sidecar.of('s', { ...SIDE, ports: { a: 1 } })] }),
  ],
  ['a variable of one name in two containers', () => pod({ env: { A: 'b' } }, { inits: [init({ env: { A: 'b' } })] })],
  [
    'a heartbeat of a sidecar with a shell',
    () =>
      pod(
        {},
        {
          sidecars: [
            p.Sidecar.of('s', { ...SIDE, resources: RESOURCES, health: p.HealthCheck.heartbeat('/tmp/a', seconds(9)) }),
          ],
        },
      ),
  ],
  [
    'a command of a sidecar without one',
    () =>
      pod({}, { sidecars: [p.Sidecar.of('s', { ...SIDE, hasShell: false, health: p.HealthCheck.command(['/ok']) })] }),
  ],
])('takes %s', (_, work) => {
  expect(work).not.toThrow();
});

describe('labels of pods', () => {
  test('are taken, as a copy, and may be none', () => {
    const given = { team: 'a' };
    expect(extraPodLabels(given)).toEqual(given);
    expect(extraPodLabels(given)).not.toBe(given);
    expect(extraPodLabels()).toEqual({});
  });

  test.each(['app.kubernetes.io/name', 'app.kubernetes.io/instance'])('may not be `%s`', (key) => {
    expect(thrown(() => extraPodLabels({ other: 'a', [key]: 'b' }))).toBe(
      `podLabels: \`${key}\` decides what selects the pods; use name`,
    );
  });

  test('are checked', () => {
    expect(thrown(() => extraPodLabels({ a: 'b c' }))).toBe(
      'podLabels: `a: b c` is not a label value; use at most 63 letters, digits, `-`, `_` or `.`',
    );
  });
});
