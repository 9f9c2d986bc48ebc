// PB-7
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const SHORTEST = 10;

const worker = (period: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: mailer }
spec:
  selector: { matchLabels: { app: mailer } }
  template:
    metadata: { labels: { app: mailer } }
    spec:
      containers:
        - name: mailer
          image: mailer:1.0
          livenessProbe: { exec: { command: [/bin/mailer, --alive] }, periodSeconds: ${period} }
`;

export const execProbeTooOften: RuleOf<'workload'> = {
  id: 'app/exec-probe-too-often',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A probe that runs a command starts a process in the container each time, for which the container runtime has to set up
everything that belongs to one. That costs far more than a request over the network, is paid out of the limits of the container, and
adds up with the number of pods on a node. A startup probe may do it more often, since it ends.`,
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-probes',
  ],
  bad: worker(5),
  good: worker(10),
  check: ({ pod }) =>
    pod.running.flatMap(({ readiness, liveness }) =>
      [readiness, liveness].flatMap((probe) => {
        if (probe?.kind !== 'exec' || probe.period >= SHORTEST) return [];
        return [
          {
            field: `${probe.field}.periodSeconds`,
            problem: `a command every ${probe.period}s, below ${SHORTEST}s, so that the container keeps starting processes`,
            fix: `set periodSeconds to ${SHORTEST}, or ask with httpGet`,
          },
        ];
      }),
    ),
};
