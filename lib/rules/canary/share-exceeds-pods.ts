// CN-10
import type { MeshDestination, WorkloadFact, World } from '../../facts';
import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';
import { service, version, virtualService } from './route-snippet';

/** How many times the requests of an even share a pod may get. */
const HEADROOM = 2;

const split = (pods: number) => `${version('web', 'v1', 9)}${version('web', 'v2', pods)}${service('web')}
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web }
spec:
  host: web
  subsets:
    - { name: stable, labels: { version: v1 } }
    - { name: canary, labels: { version: v2 } }
---${virtualService(
  'hosts: [web]',
  'http:',
  '  - route:',
  '      - { destination: { host: web, subset: stable }, weight: 50 }',
  '      - { destination: { host: web, subset: canary }, weight: 50 }',
)}`;

export const shareExceedsPods: RuleOf<'virtualService'> = {
  id: 'canary/share-exceeds-pods',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `Routes give a version its share of the requests however few its pods are. Half of the requests on one of ten pods is five times what a pod
gets otherwise: it falls over, and the gate judges the load and not the version. A version without pods answers with 503. The rule speaks where all
versions of a route are in the input with a fixed number of pods.`,
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/canary/#dynamic-canary-scale-with-traffic-routing',
  ],
  bad: split(2),
  good: split(9),
  check: ({ http }, world) =>
    http.flatMap(({ field, shares }): Remark[] => {
      const weighted = shares.filter(({ weight = 0 }) => weight > 0);
      const sum = weighted.reduce((all, { weight = 0 }) => all + weight, 0);
      const versions = weighted.map((share) => ({ share, pods: podsOf(share, world) }));
      const total = versions.reduce((all, { pods = Number.NaN }) => all + pods, 0);
      if (versions.length < 2 || !(total > 0)) return [];
      return versions.flatMap(({ share: { subset, written, weight = 0 }, pods = 0 }): Remark[] => {
        const ofRequests = weight / sum;
        if (ofRequests <= (HEADROOM * pods) / total) return [];
        const percent = Math.round(100 * ofRequests);
        const effect =
          pods === 0 ? 'so that they are answered with 503' : `${times(ofRequests, pods / total)} of an even share`;
        const problem = `\`${subset ?? written}\` gets ${percent}% of the requests with ${counted(pods, 'pod')} of ${total}, ${effect}`;
        const needed = Math.ceil((ofRequests * total) / HEADROOM);
        return [{ field: `${field}.route`, problem, fix: `give it ${needed} pods or more, or an autoscaler` }];
      });
    }),
};

function times(requests: number, pods: number): string {
  return `${Number((requests / pods).toPrecision(2))} times`;
}

/** The pods that a share goes to; undefined where the input does not say how many. */
function podsOf(share: MeshDestination, world: World): number | undefined {
  const service = world.serviceOfHost(share);
  const { subset, host } = share;
  const behind = service === undefined ? [] : world.workloadsOf(service);
  const meant = behind.filter(({ pod }) => subset === undefined || world.mesh.isInSubset(host, subset, pod.labels));
  if (meant.length === 0 || meant.some((workload) => !isFixed(workload, world))) return undefined;
  return meant.reduce((sum, { writtenReplicas = 0 }) => sum + writtenReplicas, 0);
}

function isFixed(workload: WorkloadFact, world: World): boolean {
  const { writtenReplicas } = workload;
  const isReleased = world.delivery.canaryOf(workload) !== undefined || world.rolloutOf(workload) !== undefined;
  return writtenReplicas !== undefined && workload.kind !== 'Rollout' && !isReleased && !world.isScaled(workload);
}
