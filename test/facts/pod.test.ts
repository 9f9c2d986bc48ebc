import { PodFact, SIDECAR_STOP_SECONDS } from '../../lib/facts';
import { CLASSIC_SIDECARS, DRAIN, RESTART_CURES } from '../../lib/values/annotations';
import { changed, readings, without } from '../support/facts';
import { objects } from '../support/rules';

const FULL = `
metadata:
  labels: { app: web }
  annotations:
    cdk8s-patterns/starts-within: 45s
    cdk8s-patterns/drain: 2m
    cdk8s-patterns/longest-task: 1h
    cdk8s-patterns/classic-sidecars: "proxy, agent"
    cdk8s-patterns/sidecars-stop-within: "proxy=8s, log=1m"
spec:
  os: { name: linux }
  terminationGracePeriodSeconds: 60
  containers: [{ name: web }, { name: proxy }, { name: api }, { name: agent }]
  initContainers: [{ name: migrate }, { name: log, restartPolicy: Always }, { name: fetch }]
  volumes:
    - { name: scratch, emptyDir: { sizeLimit: 1Gi } }
    - { name: data, persistentVolumeClaim: { claimName: web-data } }
  affinity:
    podAntiAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        - topologyKey: kubernetes.io/hostname
          labelSelector: { matchLabels: { app: web } }
          matchLabelKeys: [pod-template-hash]
  topologySpreadConstraints:
    - topologyKey: zone
      whenUnsatisfiable: DoNotSchedule
      maxSkew: 2
      nodeTaintsPolicy: Honor
      labelSelector: { matchLabels: { app: web } }
      matchLabelKeys: [pod-template-hash]
`;

const of = (template: unknown) => new PodFact(template, 'spec.template.spec');
const pod = (yaml: string) => of(objects(yaml)[0]);
const spec = (yaml: string) => pod(`spec: ${yaml}`);
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

test('the head and the plain fields of a pod are read', () => {
  const fact = pod(FULL);
  expect(fact.field).toBe('spec.template.spec');
  expect(fact.labels).toEqual({ app: 'web' });
  expect(fact.annotations[DRAIN]).toBe('2m');
  expect(fact.os).toBe('linux');
  expect(fact.grace).toBe(60);
  expect(fact.startsWithin).toBe(45);
  expect(fact.drain).toBe(120);
  expect(fact.longestTask).toBe(3600);
  expect(fact.spec.terminationGracePeriodSeconds).toBe(60);
});

test('containers are told apart by what they do', () => {
  const fact = pod(FULL);
  expect(names(fact.containers)).toEqual(['web', 'proxy', 'api', 'agent']);
  expect(names(fact.sidecars)).toEqual(['log']);
  expect(names(fact.inits)).toEqual(['migrate', 'fetch']);
  expect(names(fact.running)).toEqual(['web', 'proxy', 'api', 'agent', 'log']);
  expect(names(fact.all)).toEqual(['web', 'proxy', 'api', 'agent', 'log', 'migrate', 'fetch']);
  expect(names(fact.apps)).toEqual(['web', 'api']);
});

test('each container knows its field', () => {
  const fact = pod(FULL);
  expect(fact.containers[1].field).toBe('spec.template.spec.containers[1]');
  expect(fact.sidecars[0].field).toBe('spec.template.spec.initContainers[1]');
  expect(fact.inits[1].field).toBe('spec.template.spec.initContainers[2]');
});

test('every container is an app unless it is named as a sidecar', () => {
  expect(names(spec('{ containers: [{ name: web }, { name: proxy }] }').apps)).toEqual(['web', 'proxy']);
});

test('the path of an annotation lies beside the spec', () => {
  expect(of({}).annotationField('a/b')).toBe('spec.template.metadata.annotations[a/b]');
  expect(new PodFact({}, 'spec').annotationField('a/b')).toBe('metadata.annotations[a/b]');
});

test('an annotation that lists containers is read as names', () => {
  expect(pod(FULL).named(CLASSIC_SIDECARS)).toEqual(['proxy', 'agent']);
  expect(pod(FULL).named(RESTART_CURES)).toEqual([]);
});

test.each([
  ['proxy', 8],
  ['log', 60],
  ['other', 5],
  ['', 5],
])('sidecar %j stops within %i s', (name, seconds) => {
  expect(pod(FULL).sidecarStop(name)).toBe(seconds);
});

test.each(['proxy', 'proxy=', 'proxy=fast', 'proxy=8', '=8s', ''])(
  'an annotation of %j says nothing about how long the sidecar takes',
  (text) => {
    const fact = pod(`metadata: { annotations: { cdk8s-patterns/sidecars-stop-within: ${JSON.stringify(text)} } }`);
    expect(fact.sidecarStop('proxy')).toBe(SIDECAR_STOP_SECONDS);
  },
);

test('a sidecar stops within 5 s when nobody says otherwise', () => {
  expect(SIDECAR_STOP_SECONDS).toBe(5);
});

const EMPTY = {
  field: 'spec.template.spec',
  labels: {},
  labelsField: 'spec.template.metadata.labels',
  annotations: {},
  containers: [],
  sidecars: [],
  inits: [],
  running: [],
  all: [],
  ports: [],
  apps: [],
  os: undefined,
  grace: 30,
  startsWithin: undefined,
  drain: undefined,
  longestTask: undefined,
  volumes: [],
  antiAffinity: [],
  hardSpread: [],
  apartOnHosts: [],
  spreadOverHosts: [],
  stop: { slowest: undefined, sidecars: [], total: 0 },
  isSpread: false,
  isOnHost: false,
  takesHostPorts: false,
};

test.each([undefined, null, 7, 'text', true, [[{ spec: {} }]], {}, { spec: null, metadata: null }])(
  'a template that is %j is an empty pod',
  (template) => {
    expect(readings(of(template))).toEqual(EMPTY);
  },
);

test.each([
  'metadata',
  'metadata.labels',
  'metadata.annotations',
  'spec',
  'spec.os',
  'spec.os.name',
  'spec.terminationGracePeriodSeconds',
  'spec.containers',
  'spec.containers.0.name',
  'spec.initContainers',
  'spec.volumes',
  'spec.volumes.0.name',
  'spec.volumes.1.persistentVolumeClaim',
  'spec.volumes.1.persistentVolumeClaim.claimName',
  'spec.affinity',
  'spec.affinity.podAntiAffinity',
  'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution',
  'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution.0.topologyKey',
  'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution.0.matchLabelKeys',
  'spec.topologySpreadConstraints',
  'spec.topologySpreadConstraints.0.topologyKey',
  'spec.topologySpreadConstraints.0.maxSkew',
  'spec.topologySpreadConstraints.0.nodeTaintsPolicy',
  'spec.topologySpreadConstraints.0.matchLabelKeys',
])('%s of a wrong type reads as missing', (path) => {
  const [template] = objects(FULL);
  const missing = readings(of(without(template, path)));
  expect(missing).not.toEqual(readings(of(template)));
  for (const wrong of [null, 7.5, true, {}]) expect(readings(of(changed(template, path, wrong)))).toEqual(missing);
});

test.each(['soon', '45', '', '1.5m'])('an annotation of %j is no time', (text) => {
  const annotation = (key: string) => pod(`metadata: { annotations: { cdk8s-patterns/${key}: "${text}" } }`);
  expect(annotation('starts-within').startsWithin).toBeUndefined();
  expect(annotation('drain').drain).toBeUndefined();
  expect(annotation('longest-task').longestTask).toBeUndefined();
});

test('a grace of zero is zero', () => {
  expect(spec('{ terminationGracePeriodSeconds: 0 }').grace).toBe(0);
});

test('volumes are read, each at its field', () => {
  expect(pod(FULL).volumes).toEqual([
    {
      name: 'scratch',
      field: 'spec.template.spec.volumes[0]',
      isScratch: true,
      sizeLimit: '1Gi',
      scratch: { sizeLimit: '1Gi' },
      claim: undefined,
    },
    {
      name: 'data',
      field: 'spec.template.spec.volumes[1]',
      isScratch: false,
      sizeLimit: undefined,
      scratch: undefined,
      claim: 'web-data',
    },
  ]);
});

test('an emptyDir without a body is scratch all the same', () => {
  const [empty, bare] = spec('{ volumes: [{ name: a, emptyDir: {} }, { name: b, emptyDir: null }] }').volumes;
  expect([empty.isScratch, bare.isScratch]).toEqual([true, true]);
  expect([empty.sizeLimit, bare.sizeLimit]).toEqual([undefined, undefined]);
  expect([empty.scratch, bare.scratch]).toEqual([{}, undefined]);
});

test('a volume of a wrong type has no name', () => {
  expect(spec('{ volumes: [null, 7] }').volumes).toEqual([
    {
      name: '',
      field: 'spec.template.spec.volumes[0]',
      isScratch: false,
      sizeLimit: undefined,
      scratch: undefined,
      claim: undefined,
    },
    {
      name: '',
      field: 'spec.template.spec.volumes[1]',
      isScratch: false,
      sizeLimit: undefined,
      scratch: undefined,
      claim: undefined,
    },
  ]);
});

test('what keeps pods apart is read, each at its field', () => {
  const [anti] = pod(FULL).antiAffinity;
  expect(readings({ ...anti, selector: String(anti.selector) })).toEqual({
    field: 'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]',
    topologyKey: 'kubernetes.io/hostname',
    selector: 'app=web',
    maxSkew: 1,
    honorsTaints: true,
    perRevision: true,
  });
  const [hard] = pod(FULL).hardSpread;
  expect(readings({ ...hard, selector: String(hard.selector) })).toEqual({
    field: 'spec.template.spec.topologySpreadConstraints[0]',
    topologyKey: 'zone',
    selector: 'app=web',
    maxSkew: 2,
    honorsTaints: true,
    perRevision: true,
  });
});

test('a rule that keeps pods apart has the defaults of Kubernetes', () => {
  const [anti] = spec(
    '{ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } }',
  ).antiAffinity;
  expect([anti.topologyKey, anti.selector.isNull, anti.perRevision]).toEqual(['', true, false]);
  const [hard] = spec('{ topologySpreadConstraints: [{}] }').hardSpread;
  expect([hard.topologyKey, hard.selector.isNull, hard.maxSkew]).toEqual(['', true, 1]);
  expect([hard.honorsTaints, hard.perRevision]).toEqual([false, false]);
});

test('an empty list of label keys does not tell revisions apart', () => {
  const [hard] = spec('{ topologySpreadConstraints: [{ matchLabelKeys: [] }] }').hardSpread;
  expect(hard.perRevision).toBe(false);
});

test('taints count only where the constraint honours them', () => {
  const [hard] = spec('{ topologySpreadConstraints: [{ nodeTaintsPolicy: Ignore }] }').hardSpread;
  expect(hard.honorsTaints).toBe(false);
});

test('a soft constraint is no hard one, and does not shift the fields of others', () => {
  const fact = spec(`
  topologySpreadConstraints:
    - { topologyKey: node, whenUnsatisfiable: ScheduleAnyway }
    - { topologyKey: zone, whenUnsatisfiable: DoNotSchedule }
`);
  expect(fact.hardSpread.map(({ field, topologyKey }) => [field, topologyKey])).toEqual([
    ['spec.template.spec.topologySpreadConstraints[1]', 'zone'],
  ]);
});

test.each([
  ['{ topologySpreadConstraints: [{ labelSelector: {} }] }', true],
  ['{ topologySpreadConstraints: [{ labelSelector: { matchLabels: { app: other } } }] }', false],
  ['{ topologySpreadConstraints: [{ whenUnsatisfiable: ScheduleAnyway }] }', false],
  ['{ affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{}] } } }', true],
  ['{ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } }', true],
  ['{ affinity: { podAntiAffinity: { a: [], requiredDuringSchedulingIgnoredDuringExecution: [{}] } } }', true],
  ['{ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] } } }', false],
  ['{ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } }', false],
  ['{ topologySpreadConstraints: [] }', false],
  ['{}', false],
])('%s spreads the pods: %j', (yaml, expected) => {
  expect(spec(yaml).isSpread).toBe(expected);
});

const TERM = (topologyKey: string, label: string, more = '') =>
  `{ topologyKey: ${topologyKey}, labelSelector: { matchLabels: { app: ${label} } }${more} }`;

const REVISION = ', matchLabelKeys: [pod-template-hash]';

test.each([
  ['kubernetes.io/hostname', 'web', '', 1, 1],
  ['kubernetes.io/hostname', 'api', '', 0, 0],
  ['topology.kubernetes.io/zone', 'web', '', 0, 0],
  ['kubernetes.io/hostname', 'web', REVISION, 0, 1],
])('%s of pods `%s`%s keeps own pods apart on nodes: %i by affinity, %i by spread', (key, app, more, apart, spread) => {
  const term = TERM(key, app, more);
  const anti = `requiredDuringSchedulingIgnoredDuringExecution: [${term}]`;
  const fact = pod(`
metadata: { labels: { app: web } }
spec: { affinity: { podAntiAffinity: { ${anti} } }, topologySpreadConstraints: [${term}] }
`);
  expect(fact.apartOnHosts).toEqual(fact.antiAffinity.slice(0, apart));
  expect(fact.spreadOverHosts).toEqual(fact.hardSpread.slice(0, spread));
  expect([fact.antiAffinity.length, fact.hardSpread.length]).toEqual([1, 1]);
});

const STOPPING = (annotations: string, web = 5, proxy = 0) => `
metadata: { annotations: ${annotations} }
spec:
  containers:
    - { name: web, lifecycle: { preStop: { sleep: { seconds: ${web} } } } }
    - { name: proxy, lifecycle: { preStop: { sleep: { seconds: ${proxy} } } } }
  initContainers: [{ name: log, restartPolicy: Always }, { name: mesh, restartPolicy: Always }, { name: migrate }]
`;

test('a pod stops after its slowest container, and then each native sidecar', () => {
  const drain = 'cdk8s-patterns/drain: 30s, cdk8s-patterns/sidecars-stop-within: log=8s';
  expect(pod(STOPPING(`{ ${drain} }`)).stop).toEqual({
    slowest: { delay: 5, seconds: 35 },
    sidecars: [8, 5],
    total: 48,
  });
  expect(pod(STOPPING(`{ ${drain} }`, 5, 9)).stop).toEqual({
    slowest: { delay: 9, seconds: 39 },
    sidecars: [8, 5],
    total: 52,
  });
});

test('a sidecar in the classic form takes its own time, not that of the work', () => {
  const classic = 'cdk8s-patterns/drain: 3s, cdk8s-patterns/classic-sidecars: proxy';
  expect(pod(STOPPING(`{ ${classic} }`)).stop.slowest).toEqual({ delay: 5, seconds: 8 });
  expect(pod(STOPPING(`{ ${classic} }`, 5, 4)).stop.slowest).toEqual({ delay: 4, seconds: 9 });
});

test('where nothing is said of work, only the hooks count', () => {
  expect(pod(STOPPING('{}')).stop).toEqual({ slowest: { delay: 5, seconds: 5 }, sidecars: [], total: 5 });
});

const PORTS = `{
  containers: [{ name: web, ports: [{ name: http, containerPort: 8080 }] }, { name: api, ports: [{ containerPort: 9090 }] }],
  initContainers: [
    { name: proxy, restartPolicy: Always, ports: [{ name: https, containerPort: 8443 }] },
    { name: migrate, ports: [{ name: admin, containerPort: 7070 }] },
  ],
}`;

test.each([
  ['http', 'web'],
  [8080, 'web'],
  [9090, 'api'],
  ['https', 'proxy'],
  [8443, 'proxy'],
  [7070, 'web'],
  [1234, 'web'],
  ['admin', undefined],
  ['grpc', undefined],
  [undefined, undefined],
])('port %j of a Service leads to %j', (target, name) => {
  const port = {
    field: 'spec.ports[0]',
    name: undefined,
    number: 80,
    target,
    protocol: 'TCP',
    nodePort: undefined,
    appProtocol: undefined,
  };
  expect(spec(PORTS).serving(port)?.name).toBe(name);
});

test('a port of a Service leads nowhere in a pod without containers', () => {
  expect(
    spec('{}').serving({
      field: 'x',
      name: undefined,
      number: 80,
      target: 80,
      protocol: 'TCP',
      nodePort: undefined,
      appProtocol: undefined,
    }),
  ).toBeUndefined();
});

test('its ports are those of every container, and are found by number or name', () => {
  const fact = spec(`{
    containers: [{ name: web, ports: [{ name: http, containerPort: 8080 }, { containerPort: 9090 }] }],
    initContainers: [
      { name: proxy, restartPolicy: Always, ports: [{ name: admin, containerPort: 1 }] },
      { name: init, ports: [{ name: init, containerPort: 2 }] }] }`);
  expect(fact.ports.map(({ number }) => number)).toEqual([8080, 9090, 1, 2]);
  expect(['http', 'admin', 'init', 'none'].map((port) => fact.portNumber(port))).toEqual([8080, 1, 2, undefined]);
  expect(fact.portNumber(7070)).toBe(7070);
});

test('its labels lie beside its spec', () => {
  expect(new PodFact({}, 'spec.jobTemplate.spec.template.spec').labelsField).toBe(
    'spec.jobTemplate.spec.template.metadata.labels',
  );
  expect(new PodFact({}, 'spec').labelsField).toBe('metadata.labels');
  const port = {
    field: 'x',
    name: undefined,
    number: 80,
    target: 80,
    protocol: 'TCP',
    nodePort: undefined,
    appProtocol: undefined,
  };
  expect(spec('{}').serving(port)).toBeUndefined();
});
