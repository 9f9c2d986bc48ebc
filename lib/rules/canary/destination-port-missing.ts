// CN-3
import { carriesHttp, protocolOf, type ServiceFact, type VirtualServiceFact, type World } from '../../facts';
import { Severity } from '../../findings';
import { listed, portsNamed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';
import { portsOf, virtualService } from './route-snippet';

const route = (port: string) =>
  virtualService(
    'hosts: [shop.example.com]',
    'gateways: [edge]',
    `http: [{ route: [{ destination: { host: web${port} } }] }]`,
  ) +
  portsOf('web', '[{ name: http, port: 80 }, { name: http-admin, port: 9090 }]') +
  `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { name: http, number: 8080, protocol: HTTP }, hosts: [shop.example.com] }]
`;

export const destinationPortMissing: RuleOf<'virtualService'> = {
  id: 'canary/destination-port-missing',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `A destination without a port is a guess. A gateway takes the only port of the Service, and if there are several its own, which may be none of
them. A sidecar always takes the port that the client dialled, which belongs to the host of the VirtualService, not to the Service that the route
leads to. Where the Service does not have that port, requests are answered with 503.`,
  sources: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0112/',
    'https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination',
  ],
  bad: route(''),
  good: route(', port: { number: 80 }'),
  check: (service, world) =>
    service.http.flatMap((route) => {
      const named = route.matches.flatMap(({ gateways }) => gateways ?? service.gateways);
      const gateways = route.matches.length === 0 ? service.gateways : [...new Set(named)];
      return route.destinations.flatMap((destination): Remark[] => {
        const target = destination.port === undefined ? world.serviceOfHost(destination) : undefined;
        if (target === undefined || target.portNumbers.length === 0) return [];
        const defects = gateways.flatMap((gateway) =>
          gateway === 'mesh' ? bySidecar(service, target, world) : byGateway(gateway, service, target, world),
        );
        const [port, ...others] = target.portNumbers;
        const fix = `add port: { number: ${port} }${others.length === 0 ? '' : `, or number ${listed(others.map(String))}`}`;
        return defects.slice(0, 1).map((problem) => ({ field: destination.field, problem, fix }));
      });
    }),
};

function bySidecar(service: VirtualServiceFact, target: ServiceFact, world: World): string[] {
  return service.hosts.flatMap((host) => {
    const dialled = (world.serviceOfHost(host)?.ports ?? []).flatMap((port) => {
      const protocol = protocolOf(port);
      return protocol === undefined || carriesHttp(protocol) ? (port.number ?? []) : [];
    });
    if (dialled.length === 0 || dialled.some((port) => target.portNumbers.includes(port))) return [];
    return `names no port, and sidecars then take that which the client dialled (${portsNamed(dialled)}), while Service ${target.name} has ${portsNamed(target.portNumbers)}, so that requests are answered with 503`;
  });
}

const HTTP = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB'];

function byGateway(key: string, { hosts, namespace }: VirtualServiceFact, target: ServiceFact, world: World): string[] {
  const { name, portNumbers } = target;
  if (portNumbers.length < 2) return [];
  const gateway = world.mesh.istioGateway(key);
  if (gateway === undefined) {
    return [
      `names no port, and Gateway ${key} then takes its own, which has to be one of Service ${name} (${portsNamed(portNumbers)}); else requests are answered with 503`,
    ];
  }
  return gateway.listeners
    .filter(({ protocol, redirects }) => HTTP.includes(protocol.toUpperCase()) && !redirects)
    .filter((server) => hosts.some(({ host }) => gateway.serves(server, host, namespace)))
    .flatMap(({ port }) => (port === undefined || portNumbers.includes(port) ? [] : port))
    .map(
      (port) =>
        `names no port, and Gateway ${key} then takes its own port ${port}, while Service ${name} has ${portsNamed(portNumbers)}, so that requests are answered with 503`,
    );
}
