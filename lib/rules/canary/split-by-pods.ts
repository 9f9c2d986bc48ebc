import type { ServiceFact, WorkloadFact, World } from '../../facts';
import { TRACK_LABEL } from '../../values/labels';

/**
 * The two versions of an app among which nothing but the number of pods divides the requests to a Service; undefined where there are not two, or where a
 * route or a controller may divide them.
 */
export function sharedByPods(service: ServiceFact, world: World): readonly WorkloadFact[] | undefined {
  const behind = world.workloadsOf(service).filter(({ isReplicated }) => isReplicated);
  const tracks = new Set(behind.flatMap(({ pod }) => pod.labels[TRACK_LABEL] ?? []));
  if (behind.length !== 2 || tracks.size !== 2) return undefined;
  const isReleased = behind.some(
    (one) => world.delivery.canaryOf(one) !== undefined || world.rolloutOf(one) !== undefined,
  );
  return isReleased || isRouted(service, world) ? undefined : behind;
}

/** The version beside a workload, and the Service by which both get their requests; undefined where something else than the number of pods divides them. */
export function otherHalfOf(
  workload: WorkloadFact,
  world: World,
): { readonly service: ServiceFact; readonly one: WorkloadFact; readonly other: WorkloadFact } | undefined {
  const halves = world.servicesOf(workload).flatMap((service) => {
    const others = (sharedByPods(service, world) ?? []).filter((one) => one !== workload);
    return others.map((other) => ({ service, one: workload, other }));
  });
  return halves[0];
}

function isRouted({ namespace, name }: ServiceFact, { mesh, gatewayRoutes }: World): boolean {
  const byMesh = mesh.virtualServices.some(({ destinations, hosts }) =>
    [...destinations, ...hosts].some(({ service }) => service?.namespace === namespace && service.name === name),
  );
  return byMesh || gatewayRoutes.some((route) => route.namespace === namespace);
}

/** Two versions behind one Service, with more of its spec, for the examples of rules. */
export function splitByPods(more: string, replicas = '  replicas: 2\n'): string {
  return `${version('stable', '  replicas: 18\n')}${version('canary', replicas)}
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ${more}
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: web } }
`;
}

function version(track: string, replicas: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-${track} }
spec:
${replicas}  minReadySeconds: 5
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  selector: { matchLabels: { app: web, track: ${track} } }
  template:
    metadata: { labels: { app: web, track: ${track} } }
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }
      containers:
        - name: web
          image: web:${track === 'canary' ? '2.0' : '1.0'}
          ports: [{ containerPort: 8080 }]
          resources: { requests: { cpu: 100m } }
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
---`;
}
