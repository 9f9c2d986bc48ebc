// CN-2
import type { Backend, World } from '../../facts';
import { Severity } from '../../findings';
import { portsNamed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';
import { portInstead } from './port-instead';
import { httpRoute, portsOf } from './route-snippet';

const route = (port: number) =>
  httpRoute('parentRefs: [{ name: edge }]', `rules: [{ backendRefs: [{ name: web, port: ${port} }] }]`) +
  portsOf('web');

export const backendPortUnknown: RuleOf<'gatewayRoute'> = {
  id: 'canary/backend-port-unknown',
  severity: Severity.ERROR,
  appliesTo: 'gatewayRoute',
  since: '0.1.0',
  why: `A backend is a port of a Service, not of the pods, and the API server takes no Service without one. To a port that the Service does not have
there is no way: the share of that backend is answered with 500. The usual slip is the port of the container, which only \`targetPort\` of the
Service names.`,
  sources: ['https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref'],
  bad: route(8080),
  good: route(80),
  check: ({ rules }, world) => rules.flatMap(({ backends }) => backends).flatMap((backend) => remarks(backend, world)),
};

function remarks({ field, kind, namespace, name, port }: Backend, world: World): Remark[] {
  if (kind !== 'Service' || name === '') return [];
  const service = world.settledService(namespace, name);
  const numbers = service?.portNumbers ?? [];
  if (port === undefined) {
    const problem = `names Service ${name} without a port, so that the API server refuses the route`;
    return [{ field, problem, fix: `add port: ${numbers[0] ?? 80}` }];
  }
  if (service === undefined || numbers.length === 0 || numbers.includes(port)) return [];
  const problem = `Service ${name} has ${portsNamed(numbers)}, not ${port}, so that its share of the requests is answered with 500`;
  return [{ field: `${field}.port`, problem, fix: `use port: ${portInstead(service, port)}` }];
}
