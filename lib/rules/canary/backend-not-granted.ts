// a backend in another namespace that has not agreed
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';
import { httpRoute } from './route-snippet';

const route = (kind: string) => `${httpRoute(
  'parentRefs: [{ name: edge }]',
  'rules: [{ backendRefs: [{ name: web, namespace: shop, port: 80 }] }]',
)}---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: web, namespace: shop }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: default }]
  to: [{ group: "", kind: Service, name: web }]
`;

export const backendNotGranted: RuleOf<'gatewayRoute'> = {
  id: 'canary/backend-not-granted',
  severity: Severity.WARNING,
  appliesTo: 'gatewayRoute',
  since: '0.1.0',
  why: `A route may lead to a Service of another namespace only if a ReferenceGrant in that namespace says so, for the kind and the namespace of the
route. Without one the status of the route says \`RefNotPermitted\`, and the share of that backend is answered with 500. The rule speaks where the
input has objects of that namespace; the grant may be made elsewhere.`,
  sources: ['https://gateway-api.sigs.k8s.io/api-types/referencegrant/'],
  bad: route('GRPCRoute'),
  good: route('HTTPRoute'),
  check: (route, world) =>
    route.rules
      .flatMap(({ backends }) => backends)
      .flatMap(({ field, kind, namespace, name }): Remark[] => {
        if (kind !== 'Service' || name === '' || namespace === route.namespace) return [];
        if (!world.hasWorkloads(namespace) && world.servicesIn(namespace).length === 0) return [];
        if (world.mesh.grantsTo(route, namespace, name)) return [];
        return [
          {
            field: `${field}.namespace`,
            problem: `no ReferenceGrant in namespace ${namespace} lets ${route.kind}s of namespace ${route.namespace} lead to Service ${name}, so that its share of the requests is answered with 500`,
            fix: `add a ReferenceGrant in namespace ${namespace} with from: [{ group: gateway.networking.k8s.io, kind: ${route.kind}, namespace: ${route.namespace} }], to: [{ group: "", kind: Service, name: ${name} }]`,
          },
        ];
      }),
};
