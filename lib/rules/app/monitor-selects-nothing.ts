// a monitor that selects nothing
import type { MonitorFact, World } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const monitored = (label: string) => `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web }
spec:
  selector: { matchLabels: { app: ${label} } }
  endpoints: [{ port: http }]
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec:
  ports: [{ name: http, port: 80 }]
`;

export const monitorSelectsNothing: RuleOf<'monitor'> = {
  id: 'app/monitor-selects-nothing',
  severity: Severity.WARNING,
  appliesTo: 'monitor',
  since: '0.1.0',
  why: `A ServiceMonitor chooses Services by the labels that they bear themselves, not by those that they select, and only in its own namespace unless it says others. A PodMonitor
chooses pods in the same way. One that chooses nothing is no error to anybody: graphs are empty and alerts never fire. What is chosen may be made elsewhere, so this is a warning.`,
  sources: [
    'https://github.com/prometheus-operator/prometheus-operator/blob/v0.89.0/Documentation/api-reference/api.md#monitoring.coreos.com/v1.ServiceMonitorSpec',
  ],
  bad: monitored('wev'),
  good: monitored('web'),
  check: (target, world) => {
    const { selector, selectsPods, namespaces = [] } = target;
    const found = selectsPods ? world.scraping.workloadsOf(target) : world.scraping.servicesOf(target);
    if (found.length > 0 || selector.isNull || selector.seesNoTemplate || !world.scraping.isKnown(target)) return [];
    if (namespaces.some((namespace) => world.delivery.releasesIn(namespace))) return [];
    const what = selectsPods ? 'no workload makes pods with' : 'no Service bears';
    const { hint, fix } = nearMiss(target, world);
    return [
      {
        field: 'spec.selector',
        problem: `${what} ${selector} in namespace ${namespaces.join(' or ')}${hint}, so that nothing is scraped`,
        fix,
      },
    ];
  },
};

function nearMiss(monitor: MonitorFact, world: World): { readonly hint: string; readonly fix: string } {
  const { selector, selectsPods, namespaces = [] } = monitor;
  const [other] = world.scraping.elsewhere(monitor);
  if (other !== undefined) {
    const hint = ` (${other.kind} ${other.name} does, in namespace ${other.namespace})`;
    return { hint, fix: `add namespaceSelector: { matchNames: [${other.namespace}] }` };
  }
  const fronting = selectsPods
    ? undefined
    : world.services.find((one) => namespaces.includes(one.namespace) && selector.matches(one.selector.labels));
  if (fronting === undefined) {
    return { hint: '', fix: `use the labels of the ${selectsPods ? 'pods' : 'Service, those in its metadata'}` };
  }
  const hint = ` (Service ${fronting.name} selects pods that do, but does not itself)`;
  return { hint, fix: `add the labels to metadata.labels of Service ${fronting.name}` };
}
