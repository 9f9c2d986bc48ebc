// CN-5
import { reachesAllSidecars } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { virtualService } from './route-snippet';

const routed = (gateways: string) =>
  `${virtualService('hosts: [web]', 'http: [{ route: [{ destination: { host: web } }] }]')}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web-edge }
spec:
  hosts: [web]
  gateways: [${gateways}]
  http: [{ timeout: 5s, route: [{ destination: { host: web } }] }]
`;

export const hostRoutedTwice: RuleOf<'virtualService'> = {
  id: 'canary/host-routed-twice',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `A sidecar obeys one VirtualService for a host, the oldest; the others are ignored without a word, with their weights and timeouts. Only
gateways put together what several say. The routes of one host belong into one VirtualService, or into others without hosts that it delegates to.
One for gateways beside one for the mesh is fine.`,
  sources: [
    'https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services',
    'https://istio.io/latest/docs/reference/config/analysis/ist0109/',
  ],
  bad: routed('mesh, edge'),
  good: routed('edge'),
  check: (service, world) => {
    if (!service.isVisibleEverywhere || !reachesAllSidecars(service)) return [];
    return service.hosts.flatMap(({ host }, index) => {
      const first = world.mesh.firstForAllSidecars(host);
      if (first === undefined || (first.name === service.name && first.namespace === service.namespace)) return [];
      return [
        {
          field: `spec.hosts[${index}]`,
          problem: `VirtualService ${first.name}${first.namespace === service.namespace ? '' : ` in namespace ${first.namespace}`} has routes for the sidecars' requests to ${host} too, and they obey only the older of the two`,
          fix: 'put the routes of both into one of them, or remove `mesh` from the gateways of one',
        },
      ];
    });
  },
};
