// a host that no server of the gateways takes
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';
import { virtualService } from './route-snippet';

const route = (host: string) =>
  `${virtualService('hosts: [shop.example.com]', 'gateways: [edge]', 'http: [{ route: [{ destination: { host: web } }] }]')}---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { name: http, number: 80, protocol: HTTP }, hosts: ["${host}"] }]
`;

export const hostUnknownAtGateway: RuleOf<'virtualService'> = {
  id: 'canary/host-unknown-at-gateway',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `A gateway takes only requests to the hosts of its servers, and from a VirtualService only those hosts that fit one of them; the rest is
dropped without a word, and the requests are answered with 404. \`*.example.com\` fits \`shop.example.com\`, but not \`example.com\`; what stands
before a slash is the namespace of the VirtualService.`,
  sources: [
    'https://istio.io/latest/docs/reference/config/networking/gateway/#Server',
    'https://istio.io/latest/docs/reference/config/analysis/ist0132/',
  ],
  bad: route('*.example.org'),
  good: route('*.example.com'),
  check: ({ hosts, gateways, namespace, isForMesh }, world) => {
    const named = gateways.filter((key) => key !== 'mesh').map((key) => world.mesh.istioGateway(key));
    const found = named.filter((gateway) => gateway !== undefined);
    const servers = found.flatMap((gateway) => gateway.listeners.map((server) => ({ gateway, server })));
    const [first] = servers;
    if (found.length < named.length || first === undefined) return [];
    const takes = (host: string) => servers.some(({ gateway, server }) => gateway.serves(server, host, namespace));
    if (isForMesh && hosts.some(({ host }) => takes(host))) return [];
    const taken = [...new Set(servers.flatMap(({ server }) => server.hosts))];
    const names = listed(found.map(({ name }) => name));
    return hosts.flatMap(({ host }, index) => {
      if (takes(host)) return [];
      return [
        {
          field: `spec.hosts[${index}]`,
          problem: `no server of Gateway ${names} takes ${host} from namespace ${namespace} (they take ${listed(taken)}), so that requests to it are answered with 404`,
          fix: `add ${host} to ${first.server.field}.hosts of Gateway ${first.gateway.name}`,
        },
      ];
    });
  },
};
