// PB-5
import type { ContainerFact, ProbeFact } from '../../facts';
import { Severity } from '../../findings';
import type { Remark, RuleOf } from '../rule';

const web = (successes: number) => `
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
          livenessProbe: { httpGet: { path: /live, port: 8080 }, successThreshold: ${successes} }
`;

export const probeRefused: RuleOf<'workload'> = {
  id: 'app/probe-refused',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Not every field goes with every probe. One success is all that a liveness or startup probe may ask for; only probes that
end in a restart may have a grace period of their own; and a gRPC probe takes the number of a port, not its name. The API
server refuses a pod template that says otherwise.`,
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes',
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe',
  ],
  bad: web(2),
  good: web(1),
  check: ({ pod }) =>
    pod.running.flatMap((container) => [
      ...[container.startup, container.liveness].flatMap(severalSuccesses),
      ...ownGrace(container),
      ...container.probes.flatMap((probe) => namedGrpcPort(probe, container)),
    ]),
};

const REFUSED = 'so that the API server refuses the pod';

function severalSuccesses(probe: ProbeFact | undefined): Remark[] {
  if (probe === undefined || probe.successThreshold === 1) return [];
  const problem = `${probe.successThreshold}, but this probe takes only 1, ${REFUSED}`;
  return [{ field: `${probe.field}.successThreshold`, problem, fix: 'set successThreshold to 1, or remove it' }];
}

function ownGrace({ readiness }: ContainerFact): Remark[] {
  if (readiness?.grace === undefined) return [];
  const problem = `${readiness.grace}s, but a readiness probe ends no container, ${REFUSED}`;
  const fix = 'move terminationGracePeriodSeconds to livenessProbe, or remove it';
  return [{ field: `${readiness.field}.terminationGracePeriodSeconds`, problem, fix }];
}

function namedGrpcPort({ field, kind, port }: ProbeFact, { ports }: ContainerFact): Remark[] {
  if (kind !== 'grpc' || typeof port !== 'string') return [];
  const number = ports.find(({ name }) => name === port)?.number;
  const problem = `\`${port}\` is a name, but a gRPC probe takes a number, ${REFUSED}`;
  return [{ field: `${field}.grpc.port`, problem, fix: `use ${number ?? 'the number of the port'}` }];
}
