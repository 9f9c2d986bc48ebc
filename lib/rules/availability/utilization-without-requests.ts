// SCALE1
import type { UtilizationMetric, WorkloadFact } from '../../facts';
import { type Fields, fields } from '../../facts/read';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const app = (resources: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", resources: ${resources} }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  minReplicas: 2
  maxReplicas: 9
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`;

export const utilizationWithoutRequests: RuleOf<'autoscaler'> = {
  id: 'availability/utilization-without-requests',
  severity: Severity.WARNING,
  appliesTo: 'autoscaler',
  since: '0.1.0',
  why: `Utilization is use divided by request. If one container that counts has no request, the autoscaler cannot divide, reports an error and leaves the
number of pods as it is. A LimitRange may fill requests in, so this is a warning.`,
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work',
  ],
  bad: app('{ requests: { memory: 64Mi } }'),
  good: app('{ requests: { cpu: 100m } }'),
  check: (target, world) => {
    const workload = world.workload(target.namespace, target.targetKey);
    if (workload === undefined || workload.pod.containers.length === 0) return [];
    return target.utilization.flatMap((metric) => {
      const fault = faultOf(metric, workload);
      return fault === undefined ? [] : [{ field: metric.field, ...fault }];
    });
  },
};

/** A limit alone is taken for the request, too. */
function isRequested(resource: string, requests: Fields, limits: Fields): boolean {
  return (requests[resource] ?? limits[resource] ?? undefined) !== undefined;
}

function faultOf({ container, resource }: UtilizationMetric, { pod, kind, name }: WorkloadFact) {
  const counting = pod.running.filter((one) => container === undefined || one.name === container);
  if (counting.length === 0) {
    const problem = `there is no container ${container} in ${kind} ${name}, so that nothing is measured`;
    return { problem, fix: `use one of ${listed(pod.running.map((one) => one.name))}` };
  }
  const ofPod = fields(pod.spec.resources);
  if (container === undefined && isRequested(resource, fields(ofPod.requests), fields(ofPod.limits))) return undefined;
  const without = counting.filter(({ requests, limits }) => !isRequested(resource, requests, limits));
  if (without.length === 0) return undefined;
  const names = listed(without.map((one) => one.name));
  return {
    problem: `${resource} in percent of the request, but ${names} requests none, so that the autoscaler does nothing`,
    fix: `give ${names} a request of ${resource}`,
  };
}
