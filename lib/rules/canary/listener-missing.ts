// a route on a listener that is not there
import type { ParentReference, World } from '../../facts';
import { Severity } from '../../findings';
import { portsNamed } from '../../findings/format';
import { oneOf } from '../../findings/nearest';
import type { Remark, RuleOf } from '../rule';
import { edge, httpRoute } from './route-snippet';

const route = (section: string) =>
  httpRoute(
    `parentRefs: [{ name: edge, sectionName: ${section} }]`,
    'rules: [{ backendRefs: [{ name: web, port: 80 }] }]',
  ) + edge('name: http, port: 80, protocol: HTTP');

export const listenerMissing: RuleOf<'gatewayRoute'> = {
  id: 'canary/listener-missing',
  severity: Severity.ERROR,
  appliesTo: 'gatewayRoute',
  since: '0.1.0',
  why: `A route that names a section or a port of a Gateway hangs on the listeners with that name and that port alone. Where there is none, the API
server takes the route all the same, its status says \`NoMatchingParent\`, and no request ever comes.`,
  sources: ['https://gateway-api.sigs.k8s.io/reference/spec/#parentreference'],
  bad: route('htpt'),
  good: route('http'),
  check: ({ parents }, world) => parents.flatMap((parent) => remarks(parent, world)),
};

function remarks({ field, kind, namespace, name, section, port }: ParentReference, { mesh }: World): Remark[] {
  const gateway = kind === 'Gateway' ? mesh.gateway(`${namespace}/${name}`) : undefined;
  if (gateway === undefined || gateway.listeners.length === 0) return [];
  if (gateway.listenersOf(section, port).length > 0) return [];
  const named = gateway.listenersOf(section, undefined);
  if (section !== undefined && named.length === 0) {
    const names = gateway.listeners.flatMap((one) => one.name ?? []);
    const problem = `Gateway ${name} has no listener named ${section}, so that no request comes from there`;
    return [{ field: `${field}.sectionName`, problem, fix: `use sectionName: ${oneOf(names, section)}` }];
  }
  const numbers = [...new Set(named.flatMap((one) => one.port ?? []))];
  const what = section === undefined ? `Gateway ${name} listens` : `listener ${section} of Gateway ${name} is`;
  return [
    {
      field: `${field}.port`,
      problem: `${what} on ${portsNamed(numbers)}, not ${port}, so that no request comes from there`,
      fix: `use port: ${oneOf(numbers.map(String), `${port}`)}`,
    },
  ];
}
