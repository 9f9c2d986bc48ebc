// CN-2
import { type MeshDestination, shortenedHost, type World } from '../../facts';
import { Severity } from '../../findings';
import { oneOf } from '../../findings/nearest';
import type { Remark, RuleOf } from '../rule';
import { portsOf, virtualService } from './route-snippet';

const route = (host: string) =>
  virtualService('hosts: [web]', 'http:', `  - route: [{ destination: { host: ${host} } }]`) + portsOf('web');

export const destinationServiceMissing: RuleOf<'virtualService'> = {
  id: 'canary/destination-service-missing',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `Istio completes a host only if it has no dot, and then with the namespace of the VirtualService: \`web.shop\` and \`web.shop.svc\` stay what
they are and mean no Service. A destination that is none is accepted, and the proxy answers its share of the requests with 503. The rule speaks
where the input has Services of the namespace that is meant; what lies in another one, or outside, may be made elsewhere.`,
  sources: [
    'https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination',
    'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
  ],
  bad: route('wev'),
  good: route('web'),
  check: ({ destinations }, world) =>
    destinations.flatMap((destination): Remark[] => {
      const defect = world.mesh.isEntry(destination.host) ? undefined : defectOf(destination, world);
      return defect === undefined ? [] : [{ field: `${destination.field}.host`, ...defect }];
    }),
};

function defectOf({ written, service }: MeshDestination, world: World): Omit<Remark, 'field'> | undefined {
  const meant = shortenedHost(written);
  if (meant !== undefined && isKnown(meant, world)) {
    return {
      problem: `\`${written}\` is taken as it is, since only a name without a dot is completed, and no Service has this host, so that its share of the requests is answered with 503`,
      fix: `use host: ${fullName(meant)}`,
    };
  }
  if (service === undefined || isKnown(service, world)) return undefined;
  const { namespace, name } = service;
  const here = world.servicesIn(namespace);
  if (here.length === 0) return undefined;
  const [elsewhere] = world.servicesNamed(name);
  return {
    problem: `there is no Service ${name} in namespace ${namespace}, so that its share of the requests is answered with 503`,
    fix: `use host: ${
      elsewhere === undefined
        ? oneOf(
            here.map((one) => one.name),
            name,
          )
        : fullName(elsewhere)
    }`,
  };
}

type Named = NonNullable<MeshDestination['service']>;

function isKnown({ namespace, name }: Named, world: World): boolean {
  return world.service(namespace, name) !== undefined || world.delivery.makerOf(namespace, name) !== undefined;
}

function fullName({ namespace, name }: Named): string {
  return `${name}.${namespace}.svc.cluster.local`;
}
