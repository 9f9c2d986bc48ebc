// PB-6
import type { ContainerFact } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const web = (port: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: web:1.0
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: ${port} } }
`;

export const probePortMissing: RuleOf<'workload'> = {
  id: 'app/probe-port-missing',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A probe may name a port instead of giving its number. The kubelet looks the name up among the ports of the same container
and nowhere else. If it is not there, the question is never asked: the container does not become ready, or, with a liveness
probe, is never restarted. The API server does not notice. A number in quotes is a name, too, and one that it refuses.`,
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/prober/worker.go',
  ],
  bad: web('web'),
  good: web('http'),
  check: ({ pod }) =>
    pod.running.flatMap((container) =>
      container.probes.flatMap((probe) => {
        const { field, kind, port } = probe;
        if (kind === 'grpc' || typeof port !== 'string' || container.declares(port)) return [];
        return [
          {
            field: `${field}.${kind}.port`,
            problem: `no port of the container is named \`${port}\`, so that ${consequence(port, probe === container.liveness)}`,
            fix: remedy(port, container),
          },
        ];
      }),
    ),
};

const DIGITS = /^\d+$/;

function consequence(port: string, isLiveness: boolean): string {
  if (DIGITS.test(port)) return 'the API server refuses the pod';
  return isLiveness ? 'a hang is never noticed' : 'the pod never becomes ready';
}

function remedy(port: string, { ports }: ContainerFact): string {
  if (DIGITS.test(port)) return `write ${port} without quotes`;
  const names = ports.flatMap(({ name }) => name ?? []);
  if (names.length > 0) return `use ${listed(names)}`;
  return `use the number of the port, or give it the name ${port} under ports`;
}
