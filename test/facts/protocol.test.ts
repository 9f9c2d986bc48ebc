import { carriesHttp, protocolOf } from '../../lib/facts';
import { worldOf } from '../support/facts';

const protocol = (port: string) => {
  const [service] = worldOf(`{ apiVersion: v1, kind: Service, spec: { ports: [${port}] } }`).services;
  return protocolOf(service.ports[0]);
};

test.each([
  ['{ port: 80 }', undefined],
  ['{ port: 80, name: http }', 'http'],
  ['{ port: 80, name: HTTP }', 'http'],
  ['{ port: 80, name: http-web }', 'http'],
  ['{ port: 80, name: http2-web }', 'http2'],
  ['{ port: 80, name: httpweb }', undefined],
  ['{ port: 80, name: web-http }', undefined],
  ['{ port: 80, name: grpc-api }', 'grpc'],
  ['{ port: 80, name: grpc-web }', 'grpc-web'],
  ['{ port: 80, name: grpc-web-api }', 'grpc-web'],
  ['{ port: 80, name: grpc-website }', 'grpc-web'],
  ['{ port: 80, name: tcp-web }', 'tcp'],
  ['{ port: 80, name: tls }', 'tls'],
  ['{ port: 80, name: https }', 'https'],
  ['{ port: 80, name: mongo }', 'mongo'],
  ['{ port: 80, name: redis }', 'redis'],
  ['{ port: 80, name: mysql }', 'mysql'],
  ['{ port: 80, name: udp }', 'udp'],
  ['{ port: 80, name: http_proxy }', 'http_proxy'],
  ['{ port: 80, name: http, protocol: UDP }', 'udp'],
  ['{ port: 80, name: http, protocol: SCTP }', 'http'],
  ['{ port: 80, appProtocol: http }', 'http'],
  ['{ port: 80, name: tcp, appProtocol: http }', 'http'],
  ['{ port: 80, name: http, appProtocol: tcp }', 'tcp'],
  ['{ port: 80, name: http, appProtocol: other }', undefined],
  ['{ port: 80, name: http, appProtocol: "" }', undefined],
  ['{ port: 80, name: http, appProtocol: null }', 'http'],
  ['{ port: 80, appProtocol: kubernetes.io/h2c }', 'http2'],
  ['{ port: 80, appProtocol: kubernetes.io/ws }', 'http'],
  ['{ port: 80, appProtocol: kubernetes.io/wss }', 'https'],
  ['{ port: 25 }', 'tcp'],
  ['{ port: 53 }', 'tcp'],
  ['{ port: 3306 }', 'tcp'],
  ['{ port: 27017 }', 'tcp'],
  ['{ port: 3306, name: web }', 'tcp'],
  ['{ port: 3306, name: http }', 'http'],
  ['{ port: "3306" }', undefined],
])('port %s is taken for %j', (port, expected) => {
  expect(protocol(port)).toBe(expected);
});

test.each(['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'])('routes of HTTP hold for %s', (one) => {
  expect(carriesHttp(one)).toBe(true);
});

test.each(['tcp', 'tls', 'https', 'udp', 'mongo', 'redis', 'mysql', undefined])(
  'routes of HTTP do not hold for %s',
  (one) => {
    expect(carriesHttp(one)).toBe(false);
  },
);
