// CN-12
import type { VirtualServiceFact, WorkloadFact, World } from '../../facts';
import { Severity } from '../../findings';
import { CALLS } from '../../values/annotations';
import { TRACK_LABEL } from '../../values/labels';
import type { Remark, RuleOf } from '../rule';
import { service, virtualService } from './route-snippet';

const app = (name: string, track: string, calls = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}-${track} }
spec:
  replicas: 2
  minReadySeconds: 5
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  selector: { matchLabels: { app: ${name}, track: ${track} } }
  template:
    metadata:
      labels: { app: ${name}, track: ${track} }${calls}
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: ${name} } } }
      containers:
        - name: ${name}
          image: ${name}:1.0
          ports: [{ containerPort: 8080 }]
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
---`;

const split = (name: string, pinned = '') => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name} }
spec:
  host: ${name}
  subsets:
    - { name: stable, labels: { track: stable } }
    - { name: canary, labels: { track: canary } }
---${virtualService(
  `hosts: [${name}]`,
  'http:',
  `${pinned}  - route:`,
  `      - { destination: { host: ${name}, subset: stable }, weight: 90 }`,
  `      - { destination: { host: ${name}, subset: canary }, weight: 10 }`,
).replace('name: web }', `name: ${name} }`)}`;

const CALLING = `
      annotations: { ${CALLS}: web }`;
const FOLLOWING = `  - match: [{ sourceLabels: { app: front, track: canary } }]
      route: [{ destination: { host: web, subset: canary } }]
    - match: [{ sourceLabels: { app: front, track: stable } }]
      route: [{ destination: { host: web, subset: stable } }]
  `;

const pair = (pinned: string) =>
  `${app('front', 'stable', CALLING)}${app('front', 'canary', CALLING)}${service('front')}${app('web', 'stable')}${app('web', 'canary')}${service('web')}${split('front')}---${split('web', pinned)}`;

export const versionsMix: RuleOf<'virtualService'> = {
  id: 'canary/versions-mix',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `Two apps are released at the same time, and one calls the other. Each divides its requests by chance, so that new callers meet old versions and
old callers new ones: with 10 % each, in 18 of 100 calls. The annotation \`${CALLS}\` of the caller's pods names the Services that it calls. Routes that
look at the labels of the caller keep the versions together; \`follows\` of a CanaryRelease writes them.`,
  sources: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest'],
  bad: pair(''),
  good: pair(FOLLOWING),
  check: (target, world) => {
    const own = shareIn(target);
    if (own === undefined || target.http.some(({ matches }) => matches.some(seesTrack))) return [];
    return callersOf(own.service, world).flatMap(({ name, share }): Remark[] => {
      const mixed = share * (1 - own.share) + (1 - share) * own.share;
      const problem = `${name} calls it, new in ${percent(share)} and old otherwise, and each meets a new version in ${percent(own.share)}: ${percent(mixed)} of the calls mix versions`;
      const fix = `put a route with sourceLabels: { ${TRACK_LABEL}: canary } before the others, as follows of CanaryRelease does`;
      return [{ field: `${own.field}.route`, problem, fix }];
    });
  },
};

interface Share {
  readonly field: string;
  readonly service: { readonly namespace: string; readonly name: string };
  /** Between 0 and 1. */
  readonly share: number;
}

/** How a VirtualService divides requests between two versions, if it does. */
function shareIn({ http, isForMesh }: VirtualServiceFact): Share | undefined {
  for (const { field, shares } of isForMesh ? http : []) {
    const [one, other, ...more] = shares.filter(({ weight = 0 }) => weight > 0);
    const service = one?.service;
    if (one === undefined || other === undefined || more.length > 0 || service === undefined) continue;
    const [first = 0, second = 0] = [one.weight, other.weight];
    return { field, service, share: second / (first + second) };
  }
  return undefined;
}

function seesTrack({ sourceLabels }: { readonly sourceLabels: Readonly<Record<string, string>> | undefined }): boolean {
  return sourceLabels !== undefined;
}

/** The apps that call a Service and are released themselves, and the shares of their new versions. */
function callersOf(service: Share['service'], world: World): { readonly name: string; readonly share: number }[] {
  const callers = world.workloads.filter((workload) => calls(workload, service));
  return world.mesh.virtualServices.flatMap((virtualService) => {
    const split = shareIn(virtualService);
    const called = split && world.service(split.service.namespace, split.service.name);
    if (split === undefined || called === undefined) return [];
    const isCaller = world.workloadsOf(called).some((workload) => callers.includes(workload));
    return isCaller ? [{ name: called.name, share: split.share }] : [];
  });
}

function calls({ pod, namespace }: WorkloadFact, service: Share['service']): boolean {
  return namespace === service.namespace && pod.named(CALLS).includes(service.name);
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))}%`;
}
