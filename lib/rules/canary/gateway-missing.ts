// a route at a gateway that is not there
import type { World } from '../../facts';
import { Severity } from '../../findings';
import { oneOf } from '../../findings/nearest';
import type { RuleOf } from '../rule';
import { virtualService } from './route-snippet';

const route = (name: string) =>
  `${virtualService(
    'hosts: [shop.example.com]',
    `gateways: [${name}]`,
    'http: [{ route: [{ destination: { host: web } }] }]',
  )}---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { name: http, number: 80, protocol: HTTP }, hosts: [shop.example.com] }]
`;

export const gatewayMissing: RuleOf<'virtualService'> = {
  id: 'canary/gateway-missing',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `A gateway is found by name in the namespace of the VirtualService, unless it is written as \`namespace/name\`. A name that is none is
accepted, and no proxy ever gets the routes. Gateways of the Gateway API are another kind, which only an HTTPRoute can name. A gateway may be made
elsewhere, so this is a warning.`,
  sources: [
    'https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService',
    'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
  ],
  bad: route('egde'),
  good: route('edge'),
  check: ({ gateways }, world) =>
    gateways.flatMap((key, index) => {
      const fix = key === 'mesh' ? undefined : fixOf(key, world);
      if (fix === undefined) return [];
      const problem = `there is no Gateway ${key} of networking.istio.io, so that no request comes to these routes by it`;
      return [{ field: `spec.gateways[${index}]`, problem, fix }];
    }),
};

function fixOf(key: string, { mesh }: World): string | undefined {
  const [namespace, name] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
  if (mesh.istioGateway(key) !== undefined) return undefined;
  if (mesh.gateway(key) !== undefined) return `write an HTTPRoute: Gateway ${key} is one of the Gateway API`;
  const here = mesh.istioGatewaysIn(namespace).map((one) => one.name);
  const [elsewhere] = mesh.istioGatewaysNamed(name);
  if (elsewhere !== undefined) return `use ${elsewhere.namespace}/${name}`;
  return here.length === 0
    ? undefined
    : `use ${oneOf(
        here.map((one) => `${namespace}/${one}`),
        key,
      )}`;
}
