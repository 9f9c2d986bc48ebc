// CN-2
import { Severity } from '../../findings';
import { portsNamed } from '../../findings/format';
import type { RuleOf } from '../rule';
import { portInstead } from './port-instead';
import { portsOf, virtualService } from './route-snippet';

const route = (port: number) =>
  virtualService('hosts: [web]', 'http:', `  - route: [{ destination: { host: web, port: { number: ${port} } } }]`) +
  portsOf('web');

export const destinationPortUnknown: RuleOf<'virtualService'> = {
  id: 'canary/destination-port-unknown',
  severity: Severity.ERROR,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `A route leads to a port of the Service, not of the pods. To a port that the Service does not have there is no way: the proxy answers the share
of that destination with 503. The usual slip is the port of the container, which only \`targetPort\` of the Service names.`,
  sources: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#PortSelector'],
  bad: route(8080),
  good: route(80),
  check: ({ destinations }, world) =>
    destinations.flatMap((destination) => {
      const { field, port } = destination;
      const service = world.serviceOfHost(destination);
      const numbers = service?.portNumbers ?? [];
      if (port === undefined || service === undefined || numbers.length === 0 || numbers.includes(port)) return [];
      const problem = `Service ${service.name} has ${portsNamed(numbers)}, not ${port}, so that its share of the requests is answered with 503`;
      return [{ field: `${field}.port.number`, problem, fix: `use number: ${portInstead(service, port)}` }];
    }),
};
