import { LabelIndex } from './label-index';
import { Memo } from './memo';
import type { MonitorFact, ScrapeEndpoint } from './monitor';
import type { ServiceFact } from './service';
import type { WorkloadFact } from './workload';

/** A port of a workload's pods that Prometheus asks. */
export interface Scrape {
  readonly workload: WorkloadFact;
  readonly port: number;
}

const EVERYWHERE = '*';

interface Candidate<T> {
  readonly namespace: string;
  readonly pod: { readonly labels: Readonly<Record<string, string>> };
  readonly item: T;
}

/** What monitors find. */
export class Scraping {
  private readonly services: LabelIndex<Candidate<ServiceFact>>;
  private readonly workloads: LabelIndex<Candidate<WorkloadFact>>;
  private readonly servicesByMonitor = new Memo<MonitorFact, readonly ServiceFact[]>((monitor) =>
    monitor.selectsPods ? [] : select(this.services, monitor.namespaces, monitor),
  );
  private readonly workloadsByMonitor = new Memo<MonitorFact, readonly WorkloadFact[]>((monitor) =>
    monitor.selectsPods
      ? select(this.workloads, monitor.namespaces, monitor)
      : [...new Set(this.servicesOf(monitor).flatMap(this.behind))],
  );
  private readonly namespaces: Readonly<Record<'services' | 'pods', ReadonlySet<string>>>;

  public constructor(
    services: readonly ServiceFact[],
    workloads: readonly WorkloadFact[],
    private readonly behind: (service: ServiceFact) => readonly WorkloadFact[],
  ) {
    this.services = new LabelIndex(services.flatMap((item) => candidates(item, item.labels)));
    this.workloads = new LabelIndex(workloads.flatMap((item) => candidates(item, item.pod.labels)));
    this.namespaces = { services: namespacesOf(services), pods: namespacesOf(workloads) };
  }

  /** The Services that a ServiceMonitor chooses, which it does by the labels that they bear themselves. */
  public servicesOf(monitor: MonitorFact): readonly ServiceFact[] {
    return this.servicesByMonitor.of(monitor);
  }

  /** The workloads whose pods a monitor finds, itself or behind Services. */
  public workloadsOf(monitor: MonitorFact): readonly WorkloadFact[] {
    return this.workloadsByMonitor.of(monitor);
  }

  /** What a monitor would find in any namespace. */
  public elsewhere(monitor: MonitorFact): readonly (ServiceFact | WorkloadFact)[] {
    return monitor.selectsPods ? select(this.workloads, undefined, monitor) : select(this.services, undefined, monitor);
  }

  /** Whether the input shows what each of the namespaces holds that a monitor looks in. */
  public isKnown({ selectsPods, namespaces }: MonitorFact): boolean {
    const known = this.namespaces[selectsPods ? 'pods' : 'services'];
    return namespaces?.every((namespace) => known.has(namespace)) ?? false;
  }

  /** The ports of pods behind an endpoint of a monitor. */
  public scrapesOf(monitor: MonitorFact, { port, targetPort }: ScrapeEndpoint): readonly Scrape[] {
    if (monitor.selectsPods || port === undefined) {
      return this.workloadsOf(monitor).flatMap((workload) => scrape(workload, port ?? targetPort));
    }
    return this.servicesOf(monitor).flatMap((service) =>
      service.ports
        .filter(({ name }) => name === port)
        .flatMap(({ target }) => this.behind(service).flatMap((workload) => scrape(workload, target))),
    );
  }
}

function candidates<T extends ServiceFact | WorkloadFact>(
  item: T,
  labels: Readonly<Record<string, string>>,
): Candidate<T>[] {
  return [item.namespace, EVERYWHERE].map((namespace) => ({ namespace, pod: { labels }, item }));
}

function select<T>(
  index: LabelIndex<Candidate<T>>,
  namespaces: readonly string[] | undefined,
  { selector }: MonitorFact,
): T[] {
  return (namespaces ?? [EVERYWHERE]).flatMap((namespace) => index.select(namespace, selector).map(({ item }) => item));
}

function namespacesOf(objects: readonly (ServiceFact | WorkloadFact)[]): ReadonlySet<string> {
  return new Set(objects.map(({ namespace }) => namespace));
}

function scrape(workload: WorkloadFact, written: string | number | undefined): Scrape[] {
  const port = written === undefined ? undefined : workload.pod.portNumber(written);
  return port === undefined ? [] : [{ workload, port }];
}
