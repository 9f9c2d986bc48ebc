import type { Mesh } from './mesh';
import type { ServiceFact } from './service';
import type { MeshDestination } from './virtual-service';
import type { WorkloadFact } from './workload';

/** Which workloads are one app. */
export class Variants {
  private readonly groups = new Map<WorkloadFact, readonly WorkloadFact[]>();

  /** Says that some workloads are one app, and with them all that were one with any of them. */
  public join(workloads: readonly WorkloadFact[]): void {
    const group = [...new Set(workloads.flatMap((workload) => this.of(workload)))];
    for (const workload of group) this.groups.set(workload, group);
  }

  /** The workloads of the app that a workload belongs to, itself among them. */
  public of(workload: WorkloadFact): readonly WorkloadFact[] {
    return this.groups.get(workload) ?? [workload];
  }
}

/** Finds the Service of a name, and the workloads whose pods it selects. */
export interface Services {
  service(namespace: string, name: string): ServiceFact | undefined;
  workloadsOf(service: ServiceFact): readonly WorkloadFact[];
}

/** The workloads among which a VirtualService divides the requests to one Service, by subsets of a DestinationRule. */
export function splitByRoutes(mesh: Mesh, services: Services): (readonly WorkloadFact[])[] {
  return mesh.virtualServices
    .flatMap(({ http }) => http)
    .flatMap(({ shares }) => [...new Set(shares.map(({ host }) => host))].map((host) => split(shares, host)));

  function split(shares: readonly MeshDestination[], host: string): readonly WorkloadFact[] {
    const own = shares.filter((share) => share.host === host);
    const [named] = own.flatMap(({ service }) => service ?? []);
    const service = named && services.service(named.namespace, named.name);
    if (service === undefined) return [];
    const workloads = services.workloadsOf(service);
    const parts = [...new Set(own.flatMap(({ subset }) => subset ?? []))]
      .map((subset) => workloads.filter(({ pod }) => mesh.isInSubset(host, subset, pod.labels)))
      .filter((part) => part.length > 0);
    return parts.length < 2 ? [] : parts.flat();
  }
}
