// CN-6
import type { MeshMatch, VirtualServiceFact, World } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';
import { virtualService } from './route-snippet';

const follow = (gateways: string) =>
  virtualService(
    'hosts: [web]',
    `gateways: [${gateways}]`,
    'http:',
    '  - match: [{ sourceLabels: { app: front, version: v2 } }]',
    '    route: [{ destination: { host: web, subset: v2 } }]',
    '  - route: [{ destination: { host: web, subset: v1 } }]',
  );

export const sourceLabelsAtGateway: RuleOf<'virtualService'> = {
  id: 'canary/source-labels-at-gateway',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `Istio compares sourceLabels and sourceNamespace with the pod of the proxy that gets the route. In the mesh that is the caller's. At a gateway
it is the gateway's own, whoever calls, so that a route that is meant to follow the version of a caller is never taken there. Bind it to the mesh as
well, or match by a header.`,
  sources: [
    'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest',
    'https://github.com/istio/istio/blob/1.30.0/pilot/pkg/networking/core/route/route.go',
  ],
  bad: follow('edge'),
  good: follow('edge, mesh'),
  check: (service, world) => {
    if (service.isDelegate || service.isForMesh) return [];
    return service.http
      .flatMap(({ matches }) => matches)
      .filter(({ gateways }) => gateways === undefined)
      .flatMap((match) => [...byLabels(match, service, world), ...byNamespace(match, service)]);
  },
};

function byLabels({ field, sourceLabels }: MeshMatch, { gateways }: VirtualServiceFact, world: World): Remark[] {
  const wanted = Object.entries(sourceLabels ?? {});
  const isOwn = gateways.some((key) => {
    const labels = world.mesh.istioGateway(key)?.selector.labels ?? {};
    return wanted.every(([name, value]) => labels[name] === value);
  });
  if (isOwn) return [];
  const labels = wanted.map(([name, value]) => `${name}=${value}`);
  return [
    {
      field: `${field}.sourceLabels`,
      problem: `${listed(labels)} is compared with the pods of Gateway ${listed(gateways)}, not with the callers', so that this match never holds`,
      fix: 'add mesh to spec.gateways, or match a header that the callers send',
    },
  ];
}

function byNamespace({ field, conditions }: MeshMatch, { gateways }: VirtualServiceFact): Remark[] {
  const { sourceNamespace } = conditions;
  if (typeof sourceNamespace !== 'string' || sourceNamespace === '') return [];
  if (gateways.some((key) => key.startsWith(`${sourceNamespace}/`))) return [];
  return [
    {
      field: `${field}.sourceNamespace`,
      problem: `${sourceNamespace} is compared with the namespace of the pods of Gateway ${listed(gateways)}, not with the callers', so that this match never holds`,
      fix: 'add mesh to spec.gateways, or match a header that the callers send',
    },
  ];
}
