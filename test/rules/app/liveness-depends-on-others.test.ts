import { livenessDependsOnOthers as rule } from '../../../lib/rules/app/liveness-depends-on-others';
import { findings, findingsOf, varied } from '../../support/rules';

const line = (host: string, field = 'exec.command', container = 'containers[0]') =>
  `Deployment web: app/liveness-depends-on-others: spec.template.spec.${container}.livenessProbe.${field}: asks \`${host}\`, so that a failure there restarts this container as well; ask the process itself; leave others to readinessProbe`;

test('names the host that is asked', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line('auth')]);
});

const HANDLER = 'exec: { command: [curl, -sf, "http://auth:8080/live"] }';
const probe = (handler: string) => findingsOf(rule, varied(rule.bad, HANDLER, handler));
const runs = (...command: string[]) => probe(`exec: { command: ${JSON.stringify(command)} }`);
const found = (host: string | undefined) => (host === undefined ? [] : [line(host)]);

test.each([
  ['auth', 1],
  ['10.0.0.7', 1],
  ['localhost.example.com', 1],
  ['mylocalhost', 1],
  ['128.0.0.1', 1],
  ['x127.0.0.1', 1],
  ['::1:2', 1],
  ['a::1', 1],
  ['10.0.0.0', 1],
  ['localhost', 0],
  ['127.0.0.1', 0],
  ['127.8.8.8', 0],
  ['::1', 0],
  ['0.0.0.0', 0],
  ['', 0],
])('a host of "%s" in httpGet or tcpSocket: %i findings', (host, count) => {
  const of = (kind: string) => (count === 0 ? [] : [line(host, `${kind}.host`)]);
  expect(probe(`httpGet: { port: 8080, host: "${host}" }`)).toEqual(of('httpGet'));
  expect(probe(`tcpSocket: { port: 8080, host: "${host}" }`)).toEqual(of('tcpSocket'));
});

test('a header says for whom the request is, not where it goes', () => {
  expect(probe('httpGet: { port: 8080, httpHeaders: [{ name: Host, value: auth }] }')).toEqual([]);
});

test('readiness may depend on others, and so may the start', () => {
  expect(findings(varied(rule.bad, 'livenessProbe', 'readinessProbe'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'livenessProbe', 'startupProbe'))).toEqual([]);
});

test.each<[string, string | undefined]>([
  ['curl http://auth/live', 'auth'],
  ['curl -sf http://auth:8080', 'auth'],
  ['curl https://user:pw@auth:8080/live', 'auth'],
  ['curl http://[fd00::7]:8080/live', '[fd00::7]'],
  ['curl http://[::1]:8080/live', undefined],
  ['curl http://127.0.0.1/live', undefined],
  ['curl -u admin:1 http://localhost/live', undefined],
  ['curl http://localhost/@auth', undefined],
  ['curl auth:8080/live', 'auth'],
  ['curl -sf auth.shop:8080', 'auth.shop'],
  ['curl localhost:8080', undefined],
  ['curl -m 5 localhost', undefined],
  ['curl -HX-Port:80 localhost', undefined],
  ['curl --version', undefined],
  ['curl', undefined],
  ['wget -qO- http://auth/live', 'auth'],
  ['wget --spider auth:8080/live', 'auth'],
  ['wget --spider localhost:8080/live', undefined],
  ['wget --header=Port:80 localhost', undefined],
  ['nc -z db 5432', 'db'],
  ['nc -z -w 2 10.0.0.7 5432', '10.0.0.7'],
  ['nc -z localhost 5432', undefined],
  ['nc -z db', undefined],
  ['nc -z db 5432x', undefined],
  ['nc -w 5', undefined],
  ['grpc_health_probe -addr=auth:50051', 'auth'],
  ['grpc_health_probe --addr auth:50051', 'auth'],
  ['grpc_health_probe -addr=[fd00::7]:50051', '[fd00::7]'],
  ['grpc_health_probe -addr=[::1]:50051', undefined],
  ['grpc_health_probe -addr=:50051', undefined],
  ['grpc_health_probe -addr=localhost:50051', undefined],
  ['grpc_health_probe -x-addr=auth:50051', undefined],
  ['psql -h db -c x', 'db'],
  ['psql --host=db', 'db'],
  ['psql --host db', 'db'],
  ['psql -hdb', 'db'],
  ['psql postgres://web:pw@db:5432/shop', 'db'],
  ['psql -h /var/run/postgresql', undefined],
  ['psql -U x-h db', undefined],
  ['psql -c x', undefined],
  ['psql -h', undefined],
  ['redis-cli -h redis ping', 'redis'],
  ['redis-cli -u redis://redis:6379 ping', 'redis'],
  ['redis-cli ping', undefined],
  ['mysqladmin ping -h db', 'db'],
  ['mysqladmin ping -h 127.0.0.1', undefined],
  ['/usr/bin/curl http://auth', 'auth'],
  ['mycurl http://auth', undefined],
  ['curly http://auth', undefined],
  ['/app/check http://auth', undefined],
])('%s asks %s, with or without a shell', (command, host) => {
  expect(runs(...command.split(' '))).toEqual(found(host));
  expect(runs('sh', '-c', command)).toEqual(found(host));
  expect(runs('sh', '-c', `sleep 1 && ${command}`)).toEqual(found(host));
});

test.each<[string, string | undefined]>([
  ['curl -sf "http://auth/live"', 'auth'],
  ["curl -sf 'http://auth/live'", 'auth'],
  ['curl -H "Host: http://x" http://localhost', undefined],
  ["curl -H 'Host: http://x' http://localhost", undefined],
  ['[ "$(redis-cli -h redis ping)" = PONG ]', 'redis'],
  ['[ "$(redis-cli ping)" = http://x ]', undefined],
  ['redis-cli -h $(hostname) ping', undefined],
  ['redis-cli -h "$REDIS_HOST" ping', undefined],
  ['psql --host="my db"', 'my db'],
  ['psql -h"db"', 'db'],
  ['curl http://localhost:8080 && curl http://auth', 'auth'],
  ['curl http://auth || nc -z db 5432', 'auth'],
])('the script %s asks %s; what only the shell knows is not judged', (script, host) => {
  expect(runs('sh', '-c', script)).toEqual(found(host));
});

test('a word of a command may hold blanks', () => {
  expect(runs('curl', '-H', 'Host: http://auth', 'http://localhost')).toEqual([]);
  expect(runs('psql', 'select 1 -h db')).toEqual([]);
});

test('an empty command asks nobody', () => {
  const quiet = (handler: string) => findings(varied(rule.bad, HANDLER, handler));
  expect(quiet('exec: { command: [] }')).toEqual([]);
  expect(quiet('exec: { command: [/app/check] }')).toEqual([]);
  expect(quiet('')).toEqual([]);
});

test('a sidecar is judged as well', () => {
  const sidecar =
    'initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always, livenessProbe: { tcpSocket: { port: 1, host: logs } } }]';
  expect(findingsOf(rule, varied(rule.good, 'containers:\n', `${sidecar}\n      containers:\n`))).toEqual([
    line('logs', 'tcpSocket.host', 'initContainers[0]'),
  ]);
});
