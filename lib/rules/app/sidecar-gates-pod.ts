// SC-7
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const web = (probe: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers:
        - { name: proxy, image: "proxy:1.0", restartPolicy: Always, ${probe}: { tcpSocket: { port: 9000 } } }
      containers: [{ name: web, image: "web:1.0" }]
`;

export const sidecarGatesPod: RuleOf<'workload'> = {
  id: 'app/sidecar-gates-pod',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A pod is ready when all its containers are, sidecars among them. A readiness probe of a log shipper thus takes an app that
works out of the traffic, in all pods at once if the server for the logs is down. For a proxy that all requests pass through this
is right, and worth a word: acknowledge it. Others need a startup probe at most.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-status',
  ],
  bad: web('readinessProbe'),
  good: web('startupProbe'),
  check: ({ pod }) =>
    pod.sidecars.flatMap(({ name, readiness }) => {
      if (readiness === undefined) return [];
      return [
        {
          field: readiness.field,
          problem: `the pod gets no traffic while sidecar \`${name}\` is not ready, whether the app works or not`,
          fix: 'remove it, or use a startupProbe; where the sidecar carries the traffic, acknowledge this finding',
        },
      ];
    }),
};
