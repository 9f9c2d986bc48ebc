// a monitor that names a port which nothing has
import { PORT_OF_PROXY, type ServiceFact, type WorkloadFact } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';

/** Prometheus takes the name for a pattern; one that is more than a name may match anything. */
const NAME = /^[\w-]+$/;

const monitored = (port: string) => `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  endpoints: [{ port: ${port} }]
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec:
  ports: [{ name: http, port: 80 }]
`;

export const monitorPortMissing: RuleOf<'monitor'> = {
  id: 'app/monitor-port-missing',
  severity: Severity.WARNING,
  appliesTo: 'monitor',
  since: '0.1.0',
  why: `A ServiceMonitor knows the ports of its Services by name, and a PodMonitor those of containers; \`targetPort\` is a port that a container declares, even as a number. Of a
port that is not there nothing is scraped. The monitor itself looks healthy: graphs are empty and alerts never fire, and a canary that is judged by its numbers fails.`,
  sources: [
    'https://github.com/prometheus-operator/prometheus-operator/blob/v0.89.0/Documentation/api-reference/api.md#monitoring.coreos.com/v1.Endpoint',
    'https://github.com/prometheus-operator/prometheus-operator/issues/2515',
  ],
  bad: monitored('metrics'),
  good: monitored('http'),
  check: (target, world) =>
    target.endpoints.flatMap((endpoint): Remark[] => {
      const { field, port, targetPort } = endpoint;
      const wanted = port ?? targetPort;
      if (wanted === undefined || (typeof wanted === 'string' && !NAME.test(wanted))) return [];
      if (port !== undefined && !target.selectsPods)
        return amongServices(port, world.scraping.servicesOf(target), field);
      // the number of a PodMonitor may stand in either of two fields
      const at = port !== undefined ? `${field}.port` : target.selectsPods ? field : `${field}.targetPort`;
      return amongContainers(wanted, world.scraping.workloadsOf(target), at);
    }),
};

function amongServices(port: string, services: readonly ServiceFact[], field: string): Remark[] {
  const names = services.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? []));
  if (services.length === 0 || names.includes(port)) return [];
  const who = listed(services.map(({ name }) => `Service ${name}`));
  const problem = `no port of ${who} is named \`${port}\`, so that nothing is scraped`;
  return [{ field: `${field}.port`, problem, fix: useOneOf(names) ?? 'name the port of the Service' }];
}

function amongContainers(port: string | number, workloads: readonly WorkloadFact[], field: string): Remark[] {
  const makers = workloads.filter(({ pod }) => pod.all.length > 0);
  const ports = makers.flatMap(({ pod }) => pod.ports);
  const isThere = ports.some(({ name, number }) => name === port || number === port);
  if (makers.length === 0 || isThere || PORT_OF_PROXY.test(String(port))) return [];
  const who = `no container of ${listed(makers.map(({ kind, name }) => `${kind} ${name}`))}`;
  if (typeof port === 'number') {
    const problem = `${who} declares port ${port}, so that nothing is scraped`;
    return [{ field, problem, fix: `add { containerPort: ${port} } to the ports of the container` }];
  }
  const problem = `${who} has a port named \`${port}\`, so that nothing is scraped`;
  const fix = useOneOf(ports.flatMap(({ name }) => name ?? [])) ?? 'name the port of the container';
  return [{ field, problem, fix }];
}

function useOneOf(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `use one of ${listed([...new Set(names)])}`;
}
