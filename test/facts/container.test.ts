import { ContainerFact } from '../../lib/facts';
import { changed, readings, without } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
name: web
image: registry:5000/web:1.0
command: [sh, -c]
args: [serve]
restartPolicy: Always
ports: [{ name: http, containerPort: 8080 }, { containerPort: 9090, protocol: UDP }]
env: [{ name: PORT, value: "8080" }, { name: SECRET, valueFrom: {} }]
resources: { requests: { cpu: 200m }, limits: { memory: 256Mi } }
volumeMounts: [{ name: logs, subPath: web }, { name: config, readOnly: true, subPathExpr: $(POD) }]
lifecycle: { stopSignal: SIGQUIT, preStop: { sleep: { seconds: 5 } } }
startupProbe: { periodSeconds: 1 }
readinessProbe: { periodSeconds: 2 }
livenessProbe: { periodSeconds: 3 }
`;

const of = (manifest: unknown) => new ContainerFact(manifest, 'spec.containers[0]');
const container = (yaml: string) => of(objects(yaml)[0]);

test('every field is read', () => {
  const fact = container(FULL);
  expect(fact.field).toBe('spec.containers[0]');
  expect(fact.name).toBe('web');
  expect(fact.imageText).toBe('registry:5000/web:1.0');
  expect(fact.image).toEqual({ repository: 'registry:5000/web', tag: '1.0', digest: undefined });
  expect(fact.command).toEqual(['sh', '-c', 'serve']);
  expect(fact.commandField).toBe('spec.containers[0].command');
  expect(fact.restartsAlways).toBe(true);
  expect(fact.ports).toEqual([
    { field: 'spec.containers[0].ports[0]', name: 'http', number: 8080, protocol: 'TCP' },
    { field: 'spec.containers[0].ports[1]', name: undefined, number: 9090, protocol: 'UDP' },
  ]);
  expect(fact.environment).toEqual(['8080']);
  expect(fact.variables).toEqual([{ name: 'PORT', value: '8080' }]);
  expect(fact.requests).toEqual({ cpu: '200m' });
  expect(fact.limits).toEqual({ memory: '256Mi' });
  expect(fact.mounts).toEqual([
    { volume: 'logs', readOnly: false, subPath: 'web' },
    { volume: 'config', readOnly: true, subPath: '$(POD)' },
  ]);
  expect(fact.stopSignal).toBe('SIGQUIT');
  expect(fact.preStop).toEqual({
    field: 'spec.containers[0].lifecycle.preStop',
    seconds: 5,
    isSleep: true,
    isExec: false,
    isKnown: true,
    command: '',
  });
});

test('probes are read, each at its field', () => {
  const fact = container(FULL);
  expect([fact.startup, fact.readiness, fact.liveness].map((probe) => [probe?.field, probe?.period])).toEqual([
    ['spec.containers[0].startupProbe', 1],
    ['spec.containers[0].readinessProbe', 2],
    ['spec.containers[0].livenessProbe', 3],
  ]);
  expect(fact.probes).toEqual([fact.startup, fact.readiness, fact.liveness]);
});

test('only the probes that there are are listed', () => {
  expect(container('livenessProbe: {}').probes.map(({ field }) => field)).toEqual(['spec.containers[0].livenessProbe']);
  expect(container('{}').probes).toEqual([]);
});

const EMPTY = {
  field: 'spec.containers[0]',
  name: '',
  imageText: '',
  image: { repository: '', tag: undefined, digest: undefined },
  ports: [],
  startup: undefined,
  readiness: undefined,
  liveness: undefined,
  preStop: undefined,
  stopSignal: undefined,
  restartsAlways: false,
  requests: {},
  limits: {},
  mounts: [],
  command: [],
  commandField: 'spec.containers[0].args',
  environment: [],
  variables: [],
  probes: [],
  delay: 0,
};

test.each([undefined, null, 7, 'text', true, [[{ name: 'web' }]], {}])(
  'a container that is %j is empty',
  (manifest) => {
    expect(readings(of(manifest))).toEqual(EMPTY);
  },
);

test.each([
  'name',
  'image',
  'command',
  'args',
  'restartPolicy',
  'ports',
  'ports.0.name',
  'ports.1.protocol',
  'env',
  'env.0.name',
  'env.0.value',
  'resources',
  'resources.requests',
  'resources.limits',
  'volumeMounts',
  'volumeMounts.0.name',
  'volumeMounts.0.subPath',
  'volumeMounts.1.subPathExpr',
  'lifecycle',
  'lifecycle.stopSignal',
  'startupProbe.periodSeconds',
  'readinessProbe.periodSeconds',
  'livenessProbe.periodSeconds',
])('%s of a wrong type reads as missing', (path) => {
  const [manifest] = objects(FULL);
  const missing = readings(of(without(manifest, path)));
  expect(missing).not.toEqual(readings(of(manifest)));
  for (const wrong of [null, 7.5, true, {}]) expect(readings(of(changed(manifest, path, wrong)))).toEqual(missing);
});

test.each(['startupProbe', 'readinessProbe', 'livenessProbe', 'lifecycle.preStop'])('%s: null is none', (path) => {
  const [manifest] = objects(FULL);
  expect(readings(of(changed(manifest, path, null)))).toEqual(readings(of(without(manifest, path))));
});

test('a port without a number is none', () => {
  expect(container('ports: [{ name: http }, { containerPort: "80" }, { containerPort: 80.5 }, null, 7]').ports).toEqual(
    [],
  );
});

test('a port keeps its place in the list and is TCP unless it says otherwise', () => {
  const list = 'ports: [{ name: http }, { containerPort: 80, protocol: "" }, { containerPort: 53, protocol: UDP }]';
  expect(container(list).ports).toEqual([
    { field: 'spec.containers[0].ports[1]', name: undefined, number: 80, protocol: 'TCP' },
    { field: 'spec.containers[0].ports[2]', name: undefined, number: 53, protocol: 'UDP' },
  ]);
});

test('a mount of a wrong type is one without a volume', () => {
  expect(container('volumeMounts: [null, 7, { name: a, readOnly: "true" }]').mounts).toEqual([
    { volume: '', readOnly: false, subPath: undefined },
    { volume: '', readOnly: false, subPath: undefined },
    { volume: 'a', readOnly: false, subPath: undefined },
  ]);
});

test('items of commands and of the environment that are no texts are left out', () => {
  expect(container('{ command: [sh, 7], args: [null, -x] }').command).toEqual(['sh', '-x']);
  const fact = container('env: [null, 7, { name: N, value: 8 }, { name: E, value: "" }, { value: a }]');
  expect(fact.environment).toEqual(['', 'a']);
  expect(fact.variables).toEqual([
    { name: 'E', value: '' },
    { name: '', value: 'a' },
  ]);
});

test('restartPolicy other than Always is no sidecar', () => {
  expect(container('restartPolicy: OnFailure').restartsAlways).toBe(false);
});

test.each([
  ['{ command: [sh], args: [-x] }', 'command'],
  ['args: [-x]', 'args'],
  ['{ command: [], args: [-x] }', 'args'],
])('the command of %s begins in %s', (yaml, field) => {
  expect(container(yaml).commandField).toBe(`spec.containers[0].${field}`);
});

test.each([
  ['http', true],
  [8080, true],
  ['https', false],
  [8081, false],
  ['8080', false],
])('port %j is declared: %j', (port, expected) => {
  expect(container('ports: [{ containerPort: 9090 }, { name: http, containerPort: 8080 }]').declares(port)).toBe(
    expected,
  );
});

const hook = (yaml: string) => container(`lifecycle: { preStop: ${yaml} }`);
const exec = (script: string) => hook(`{ exec: { command: [sh, -c, ${JSON.stringify(script)}] } }`);

test('a hook is of one kind', () => {
  const kind = (yaml: string) => [hook(yaml).preStop?.isSleep, hook(yaml).preStop?.isExec];
  expect(kind('{ sleep: { seconds: 5 } }')).toEqual([true, false]);
  expect(kind('{ exec: { command: [quit] } }')).toEqual([false, true]);
  expect(kind('{ httpGet: { port: 8080 } }')).toEqual([false, false]);
});

test.each([
  ['sleep 5', 5],
  ['sleep 5s', 5],
  ['sleep 2m', 120],
  ['sleep 1h', 3600],
  ['/bin/sleep   10 && nginx -s quit', 10],
  ['sleep 5; quit; sleep 1m', 65],
  ['nginx -s quit', 0],
  ['nosleep 5', 0],
  ['', 0],
])('%j takes %i s', (script, seconds) => {
  expect(exec(script).preStop?.seconds).toBe(seconds);
  expect(exec(script).delay).toBe(seconds);
});

test.each(['sleep $DELAY', 'sleep "$DELAY"', 'sleep 5; sleep `cat /more`', "python -c 'time.sleep(5)'"])(
  'how long %j takes is not known',
  (script) => {
    expect(exec(script).delay).toBeUndefined();
  },
);

test('the command of a hook is one line', () => {
  expect(exec('sleep 5').preStop?.command).toBe('sh -c sleep 5');
  expect(hook('{ exec: { command: [quit, 7, now] } }').preStop?.command).toBe('quit now');
});

test('the sleep of Kubernetes comes before a command', () => {
  expect(hook('{ sleep: { seconds: 3 }, exec: { command: [sleep, "5"] } }').preStop?.seconds).toBe(3);
  expect(hook('{ sleep: { seconds: 0 } }').delay).toBe(0);
});

test.each([
  '{}',
  '7',
  'text',
  '[a]',
  '{ exec: 7 }',
  '{ exec: { command: sleep } }',
  '{ sleep: 7 }',
  '{ sleep: { seconds: "5" } }',
])('a hook that is %s takes no time', (yaml) => {
  expect(hook(yaml).preStop?.seconds).toBe(0);
  expect(hook(yaml).preStop?.command).toBe('');
  expect(hook(yaml).delay).toBe(0);
});
