import { inFolder, runs } from '../support/command-line';
import { pod } from '../support/reach';

const YAML = `${pod('web')}${pod('api')}
apiVersion: projectcalico.org/v3
kind: StagedNetworkPolicy
metadata: { name: api, namespace: shop }
spec: { stagedAction: Set, selector: "app == 'api'", types: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [] }
`;
const reach = (...args: readonly string[]) =>
  inFolder({ 'x.yaml': YAML, 'bad.yaml': 'a: [' }, () => runs(['reach', ...args]));

test('all that may connect', () => {
  expect(reach('x.yaml')).toEqual({
    code: 0,
    out: `shop/web -> shop/api:8080/TCP  no policy says otherwise
shop/web -> shop/api:53/UDP    no policy says otherwise
2 of 4 connections are denied
`,
    error: '',
  });
});

test('one question, whose answer is the exit code too', () => {
  const ask = (from: string, to: string, port: string, ...more: readonly string[]) =>
    reach('--from', from, '--to', to, '--port', port, ...more, 'x.yaml');
  expect(ask('shop/web', 'shop/api', '8080')).toEqual({
    code: 0,
    out: 'shop/web -> shop/api:8080/TCP is allowed: no policy looks at it\n',
    error: '',
  });
  expect(ask('203.0.113.7', 'shop/web', '53/udp')).toEqual({
    code: 1,
    out: '203.0.113.7 -> shop/web:53/UDP is denied: NetworkPolicy web and its tier\n',
    error: '',
  });
  expect(ask('shop/web', 'shop/api', '8080', '--staged').code).toBe(1);
  const { out } = ask('shop/web', 'shop/api', '8080', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({ source: 'shop/web', isAllowed: true });
});

test('some of all', () => {
  expect(
    reach('--to', 'shop/web', 'x.yaml').out,
  ).toBe(`shop/api -> shop/web:8080/TCP is denied: NetworkPolicy web and its tier
shop/api -> shop/web:53/UDP is denied: NetworkPolicy web and its tier
`);
  const rows = (...args: readonly string[]) => JSON.parse(reach(...args, '--format', 'json', 'x.yaml').out).length;
  expect([rows(), rows('--from', 'shop/web'), rows('--port', '53/udp'), rows('--port', '53')]).toEqual([4, 2, 2, 0]);
});

test.each<[string[], string]>([
  [[], 'name files or folders'],
  [['--port', '0', 'x.yaml'], '--port: `0` is no port; use 8080 or 53/udp'],
  [['--port', '66000', 'x.yaml'], '--port: `66000` is no port'],
  [['--port', 'http', 'x.yaml'], '--port: `http` is no port'],
  [
    ['--from', 'a/b', '--to', 'shop/api', '--port', '1', 'x.yaml'],
    '`a/b` is neither a workload, nor a HostEndpoint, nor an address; there are shop/web, shop/api',
  ],
  [['bad.yaml'], 'bad.yaml:1:'],
])('%j is no use', (args, message) => {
  const { code, out, error } = reach(...args);
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain(message);
});

test('help', () => {
  expect(reach('--help').out).toContain('usage: cdk8s-patterns reach');
});
