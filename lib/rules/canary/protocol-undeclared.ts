// CN-8
import { carriesHttp, protocolOf } from '../../facts';
import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import type { RuleOf } from '../rule';
import { portsOf, virtualService } from './route-snippet';

const route = (name: string) =>
  virtualService('hosts: [web]', 'http: [{ timeout: 5s, route: [{ destination: { host: web } }] }]') +
  portsOf('web', `[{ name: ${name}, port: 80 }]`);

export const protocolUndeclared: RuleOf<'virtualService'> = {
  id: 'canary/protocol-undeclared',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `A sidecar learns what a port of a Service speaks from \`appProtocol\`, else from the first word of its name. On a port for anything but HTTP
it forwards connections and ignores all routes of \`http\`, with weights, headers and timeouts. On a port that says nothing it guesses from the
first bytes of each connection. Name the port \`http\`, \`http2\` or \`grpc\`.`,
  sources: [
    'https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/',
    'https://github.com/istio/istio/blob/1.30.0/pkg/config/kube/conversion.go',
  ],
  bad: route('tcp-web'),
  good: route('http-web'),
  check: (service, world) => {
    if (!service.isForMesh || service.http.length === 0) return [];
    const divides = service.http.some(({ shares }) => shares.length > 1);
    return service.hosts.flatMap((host, index) => {
      const target = world.serviceOfHost(host);
      const ports = (target?.ports ?? []).map((port) => ({ ...port, declared: protocolOf(port) }));
      const guessed = ports.filter(({ declared }) => declared === undefined);
      const [port, ...more] = guessed.length > 0 ? guessed : ports;
      const isHttp = ports.some(({ declared }) => carriesHttp(declared));
      if (target === undefined || port === undefined || isHttp || (guessed.length > 0 && !divides)) return [];
      const others = more.length === 0 ? '' : ` and ${counted(more.length, 'other')}`;
      const problem =
        guessed.length > 0
          ? `Service ${target.name} does not say what port ${port.number}${others} speaks, so that Istio guesses, and the weights hold only where it finds HTTP`
          : `Service ${target.name} declares port ${port.number}${others} as ${port.declared}, so that sidecars ignore all routes of spec.http`;
      const fix = `set appProtocol: http in ${port.field} of Service ${target.name}`;
      return [{ field: `spec.hosts[${index}]`, problem, fix }];
    });
  },
};
