/** A Deployment whose pods bear `app` and `version`, for the examples of rules on routes. */
export function version(app: string, version: string, replicas = 2): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${app}-${version} }
spec:
  replicas: ${replicas}
  minReadySeconds: 5
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  selector: { matchLabels: { app: ${app}, version: ${version} } }
  template:
    metadata: { labels: { app: ${app}, version: ${version} } }
    spec:
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: ${app} } } }
      containers:
        - name: ${app}
          image: ${app}:1.0
          ports: [{ containerPort: 8080 }]
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
---`;
}

/** The Service of all versions and their budget. */
export function service(app: string, ports = '[{ name: http, port: 80, targetPort: 8080 }]'): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${app} }
spec:
  selector: { app: ${app} }
  ports: ${ports}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${app} }
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: ${app} } }
---`;
}

/** Two versions of one app behind one Service. */
export const twoVersions = version('web', 'v1') + version('web', 'v2') + service('web');

/** A VirtualService of Service web with the rest of its spec, one field a line. */
export function virtualService(...spec: readonly string[]): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web }
spec:
  ${spec.join('\n  ')}
`;
}

/** An HTTPRoute with the rest of its spec, one field a line. */
export function httpRoute(...spec: readonly string[]): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web }
spec:
  ${spec.join('\n  ')}
`;
}

/** A Service without a word on its pods. */
export function portsOf(name: string, ports = '[{ name: http, port: 80, targetPort: 8080 }]'): string {
  return `---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { app: ${name} }
  ports: ${ports}
`;
}

/** A Gateway of the Gateway API with one listener. */
export function edge(listener: string, namespace = 'default'): string {
  return `---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: ${namespace} }
spec:
  gatewayClassName: istio
  listeners: [{ ${listener} }]
`;
}
