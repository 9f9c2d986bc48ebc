// CN-2
import { Severity } from '../../findings';
import { oneOf } from '../../findings/nearest';
import type { Remark, RuleOf } from '../rule';
import { httpRoute, portsOf } from './route-snippet';

const route = (name: string) =>
  httpRoute('parentRefs: [{ name: edge }]', `rules: [{ backendRefs: [{ name: ${name}, port: 80 }] }]`) + portsOf('web');

export const backendServiceMissing: RuleOf<'gatewayRoute'> = {
  id: 'canary/backend-service-missing',
  severity: Severity.WARNING,
  appliesTo: 'gatewayRoute',
  since: '0.1.0',
  why: `A backend is found by name in the namespace of the route, unless it names another one. A route to a Service that is not there is accepted;
only its condition \`ResolvedRefs\` says so, and the share of that backend is answered with 500. The rule speaks where the input has Services of the
namespace; in another one it may be made elsewhere.`,
  sources: ['https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref'],
  bad: route('wev'),
  good: route('web'),
  check: ({ rules, namespace }, world) =>
    rules
      .flatMap(({ backends }) => backends)
      .flatMap((backend): Remark[] => {
        const { field, kind, name } = backend;
        const here = world.servicesIn(backend.namespace);
        if (kind !== 'Service' || name === '' || here.length === 0) return [];
        if (world.service(backend.namespace, name) !== undefined) return [];
        if (world.delivery.makerOf(backend.namespace, name) !== undefined) return [];
        const [elsewhere] = world.servicesNamed(name);
        const problem = `there is no Service ${name} in namespace ${backend.namespace}, so that its share of the requests is answered with 500`;
        if (elsewhere === undefined) {
          return [
            {
              field: `${field}.name`,
              problem,
              fix: `use name: ${oneOf(
                here.map((one) => one.name),
                name,
              )}`,
            },
          ];
        }
        const grant = elsewhere.namespace === namespace ? '' : ', and allow it by a ReferenceGrant there';
        return [{ field: `${field}.name`, problem, fix: `add namespace: ${elsewhere.namespace}${grant}` }];
      }),
};
