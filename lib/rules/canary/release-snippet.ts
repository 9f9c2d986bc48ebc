import { service, version } from './route-snippet';

/** An Argo Rollout behind two Services, with more of its canary strategy. */
export function rollout(strategy: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  replicas: 4
  selector: { matchLabels: { app: web } }
  strategy:
    canary:
      ${strategy}
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", ports: [{ containerPort: 8080 }] }]
`;
}

/** An analysis of a Flagger Canary that ends. */
export const steadyAnalysis = '{ interval: 1m, threshold: 5, maxWeight: 50, stepWeight: 10 }';

/** A Flagger Canary of Deployment web, with more of its spec. */
export function canary(analysis: string, more = ''): string {
  return `
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  service: { port: 80, targetPort: 8080 }
  analysis: ${analysis}
${more}`;
}

/** A Deployment that Flagger can release, with more of its spec. */
export function releasedByFlagger(spec = ''): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
${spec}  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", ports: [{ containerPort: 8080 }] }]
---${canary(steadyAnalysis)}`;
}

/** An Argo Rollout and the VirtualService whose weights it writes; `name` is that of the only route. */
export function rolloutInMesh(name: string, weights: readonly [number, number] = [100, 0]): string {
  return `${rollout(
    '{ stableService: web, canaryService: web-canary, trafficRouting: { istio: { virtualService: { name: web, routes: [primary] } } } }',
  )}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web }
spec:
  hosts: [web]
  http:
    - name: ${name}
      route:
        - { destination: { host: web }, weight: ${weights[0]} }
        - { destination: { host: web-canary }, weight: ${weights[1]} }
`;
}

/** An Argo Rollout that lacks nothing, behind a Service with a selector of its own for the new pods. */
export function servedRollout(selector: string): string {
  const app = version('web', 'v1').replace('name: web-v1', 'name: web').replaceAll(', version: v1', '');
  const argo = app
    .replace('apps/v1', 'argoproj.io/v1alpha1')
    .replace('kind: Deployment', 'kind: Rollout')
    .replace(/strategy: .*/, 'strategy: { canary: { stableService: web, canaryService: web-canary } }');
  return `${argo}${service('web')}
apiVersion: v1
kind: Service
metadata: { name: web-canary }
spec:
  selector: ${selector}
  ports: [{ name: http, port: 80, targetPort: 8080 }]
`;
}
