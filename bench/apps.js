/** `count` apps of 8 objects each, as a platform team has them: mostly sound, each fifth with faults. */
function* appFiles(count) {
  for (let index = 0; index < count; index += 1) yield { name: `app-${index}.yaml`, text: app(index) };
}

function app(index) {
  const name = `app-${index}`;
  const namespace = `team-${index % 40}`;
  const faulty = index % 5 === 0;
  return `apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: ${namespace} }
automountServiceAccountToken: false
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ${namespace} }
data:
  settings.json: |
    { "listen": 8080, "upstream": "http://app-${index + 1}", "timeout": "${5 + (index % 20)}s" }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels: { app: ${name} }
spec:
${faulty ? `  replicas: ${1 + (index % 3)}\n` : ''}  minReadySeconds: 5
  strategy:
    rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 }
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name}, team: ${namespace} }
    spec:
      serviceAccountName: ${name}
      terminationGracePeriodSeconds: 45
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: { matchLabels: { app: ${name} } }
      containers:
        - name: ${name}
          image: registry.example.com/${name}:1.${index % 30}.0
          ports:
            - { name: http, containerPort: 8080 }
          env:
            - { name: LOG_LEVEL, value: info }
            - { name: UPSTREAM, value: "http://app-${index + 1}" }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 256Mi }
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
          startupProbe: { httpGet: { path: /started, port: http }, periodSeconds: 3, failureThreshold: 20 }
          readinessProbe: { httpGet: { path: /ready, port: http }, periodSeconds: 5, failureThreshold: 2 }
          livenessProbe: { httpGet: { path: /${faulty ? 'ready' : 'live'}, port: http }, periodSeconds: 10 }
${faulty ? '' : '          lifecycle:\n            preStop: { sleep: { seconds: 10 } }\n'}          volumeMounts:
            - { name: settings, mountPath: /etc/app, readOnly: true }
      volumes:
        - name: settings
          configMap: { name: ${name} }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { app: ${name} }
  ports:
    - { name: http, port: 80, targetPort: http }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: { app: ${name} }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  minReplicas: 3
  maxReplicas: 12
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  podSelector: { matchLabels: { app: ${name} } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: {} }]
      ports: [{ port: http }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  rules:
    - host: ${name}.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { name: http } } } }
`;
}

module.exports = { appFiles };
