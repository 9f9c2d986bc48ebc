import { dnsWithoutClusterNames as rule } from '../../../lib/rules/app/dns-without-cluster-names';
import { findingsOf, varied } from '../../support/rules';

const line = (names: string, policy = 'ClusterFirst') =>
  `Deployment web: app/dns-without-cluster-names: spec.template.spec.dnsPolicy: Default asks the name servers of the node, which do not know ${names}, so that the app cannot connect; set dnsPolicy to ${policy}`;

test('names the Service and the variable', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line('`redis` of CACHE')]);
});

const policy = (text: string) => findingsOf(rule, varied(rule.bad, 'dnsPolicy: Default', text));

test('only the policy Default asks the node', () => {
  for (const name of ['ClusterFirst', 'ClusterFirstWithHostNet', 'None'])
    expect(policy(`dnsPolicy: ${name}`)).toEqual([]);
  expect(policy('hostNetwork: true')).toEqual([]);
});

test('a pod in the network of its node needs a policy of its own', () => {
  expect(policy('dnsPolicy: Default\n      hostNetwork: true')).toEqual([
    line('`redis` of CACHE', 'ClusterFirstWithHostNet'),
  ]);
  expect(policy('dnsPolicy: Default\n      hostNetwork: false')).toEqual([line('`redis` of CACHE')]);
});

test('name servers and names of its own may know the Service', () => {
  expect(policy('dnsPolicy: Default\n      dnsConfig: { nameservers: [10.0.0.10] }')).toEqual([]);
  expect(policy('dnsPolicy: Default\n      hostAliases: [{ ip: 10.0.0.7, hostnames: [redis] }]')).toEqual([]);
});

const variable = (name: string, value: string) =>
  findingsOf(
    rule,
    varied(rule.bad, '{ name: CACHE, value: "redis:6379" }', `{ name: ${name}, value: ${JSON.stringify(value)} }`),
  );

test.each([
  ['redis:6379', 'redis'],
  ['redis:6379/0', 'redis'],
  ['//redis', 'redis'],
  ['redis://redis', 'redis'],
  ['http://redis/path', 'redis'],
  ['http://redis:8080/path?x=y', 'redis'],
  ['http://redis?x', 'redis'],
  ['http://redis#x', 'redis'],
  ['http://user:pw@redis:6379', 'redis'],
  ['user:pw@redis:6379', 'redis'],
  ['jdbc:postgresql://redis:5432/shop', 'redis'],
  ['root:pw@tcp(redis:3306)/shop', 'redis'],
  ['-Dcache.url=http://redis', 'redis'],
  ['{"url":"http://redis"}', 'redis'],
  ["{'url':'http://redis'}", 'redis'],
  ['a:1,redis:2', 'redis'],
  ['a:1;redis:2', 'redis'],
  ['a:1|redis:2', 'redis'],
  ['a:1 redis:2', 'redis'],
  ['redis.default:6379', 'redis.default'],
  ['http://redis.default', 'redis.default'],
  ['redis.default.svc', 'redis.default.svc'],
  ['redis.default.svc:6379', 'redis.default.svc'],
  ['redis.default.svc.cluster.local', 'redis.default.svc.cluster.local'],
  ['http://web-0.web.shop.svc/x', 'web-0.web.shop.svc'],
])('CACHE: %s leads to %s', (value, host) => {
  expect(variable('CACHE', value)).toEqual([line(`\`${host}\` of CACHE`)]);
});

test.each([
  'redis',
  'redis/x',
  'redis.default',
  'redis.example.com:6379',
  'redis.other:6379',
  'redis.default.example.com:6379',
  'redis-master:6379',
  'myredis:6379',
  'my.redis:6379',
  'redis:latest',
  '!redis:6379',
  'redis:7.2',
  'redis:6379x',
  'redis:',
  'http://cache/redis',
  'http://cache/redis:6379',
  'http://cache/?to=redis',
  'http://redis@cache',
  '@redis',
  'redis.svcs:6379',
  'svc:1',
  '.svc',
  '.svc.cluster.local',
  '*.svc',
  '',
])('CACHE: %s leads to no Service', (value) => {
  expect(variable('CACHE', value)).toEqual([]);
});

test.each([
  'REDIS_HOST',
  'REDIS_HOSTS',
  'REDIS_HOSTNAME',
  'REDIS_ADDR',
  'REDIS_ADDRESS',
  'REDIS_SERVER',
  'REDIS_SERVERS',
  'REDIS_URL',
  'REDIS_URI',
  'REDIS_ENDPOINT',
  'REDIS_BROKER',
  'redis.host',
])('a mere word in %s is a host', (name) => {
  expect(variable(name, 'redis')).toEqual([line(`\`redis\` of ${name}`)]);
  expect(variable(name, 'redis/0')).toEqual([line(`\`redis\` of ${name}`)]);
  expect(variable(name, 'redis.default')).toEqual([line(`\`redis.default\` of ${name}`)]);
  expect(variable(name, 'memory')).toEqual([]);
  expect(variable(name, '')).toEqual([]);
});

test.each(['CACHE_DRIVER', 'OTEL_SERVICE_NAME', 'HOST_KIND', 'SERVER_NAME', 'URLS_OF'])(
  'a mere word in %s may be anything',
  (name) => {
    expect(variable(name, 'redis')).toEqual([]);
  },
);

test('an image is no host, and who may go past a proxy is not asked', () => {
  expect(variable('REDIS_IMAGE', 'redis:7')).toEqual([]);
  expect(variable('redisImage', 'redis:7')).toEqual([]);
  expect(variable('NO_PROXY', 'redis.default.svc,.svc')).toEqual([]);
  expect(variable('no_proxy', 'redis:6379')).toEqual([]);
  expect(variable('X_NO_PROXY', 'redis:6379')).toHaveLength(1);
  expect(variable('NO_PROXY_X', 'redis:6379')).toHaveLength(1);
});

test('a Service has to be there, in the namespace that is meant', () => {
  const moved = varied(rule.bad, 'metadata: { name: redis }', 'metadata: { name: redis, namespace: shop }');
  expect(findingsOf(rule, moved)).toEqual([]);
  expect(findingsOf(rule, varied(moved, 'redis:6379', 'redis.shop:6379'))).toEqual([line('`redis.shop` of CACHE')]);
  expect(findingsOf(rule, varied(rule.bad, 'kind: Service', 'kind: Secret'))).toEqual([]);
  const both = varied(
    moved,
    'kind: Deployment\nmetadata: { name: web }',
    'kind: Deployment\nmetadata: { name: web, namespace: shop }',
  );
  expect(findingsOf(rule, both)).toEqual([line('`redis` of CACHE').replace('web', 'shop/web')]);
});

const CACHE = '{ name: CACHE, value: "redis:6379" }';

test('all containers connect, one finding names all variables once', () => {
  const more = varied(rule.bad, `[${CACHE}]`, `[${CACHE}, { name: CACHE2, value: "redis:6379,redis:6380" }]`);
  const init = `initContainers: [{ name: i, image: "i:1", env: [${CACHE}, { name: DB_HOST, value: db.shop.svc }] }]`;
  expect(findingsOf(rule, varied(more, 'containers:', `${init}\n      containers:`))).toEqual([
    line('`redis` of CACHE, `redis` of CACHE2, `db.shop.svc` of DB_HOST'),
  ]);
  const many = Array.from({ length: 7 }, (_, index) => `{ name: C${index}, value: "redis:1" }`).join(', ');
  expect(findingsOf(rule, varied(rule.bad, CACHE, many))[0]).toContain('`redis` of C4 and 2 more, so that');
});

test('a value from elsewhere is not known', () => {
  expect(
    findingsOf(
      rule,
      varied(rule.bad, CACHE, '{ name: CACHE, valueFrom: { secretKeyRef: { name: redis, key: url } } }'),
    ),
  ).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, CACHE, '{ name: CACHE, value: 7 }, 7'))).toEqual([]);
});
