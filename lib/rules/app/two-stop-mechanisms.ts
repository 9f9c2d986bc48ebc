// SG-1
import { quitIn, scriptIn, statements } from '../../facts';
import { Severity } from '../../findings';
import { KubernetesFeature } from '../../values/kubernetes-version';
import type { RuleOf } from '../rule';

export const twoStopMechanisms: RuleOf<'workload'> = {
  id: 'app/two-stop-mechanisms',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A command in the preStop hook tells the server to end its work and returns. Right after it the container gets its stop
signal, and many servers take the second request to stop for an order to stop now, so that the work which the first one wanted
to end is cut off. One way to stop is enough.`,
  sources: [
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/4960-container-stop-signals',
    'https://nginx.org/en/docs/control.html',
  ],
  kubernetes: '1.37',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      os: { name: linux }
      containers:
        - name: web
          image: web:1.0
          lifecycle: { stopSignal: SIGTERM, preStop: { exec: { command: [sh, -c, "sleep 10; nginx -s quit"] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      os: { name: linux }
      containers:
        - name: web
          image: web:1.0
          lifecycle: { stopSignal: SIGQUIT, preStop: { exec: { command: [sh, -c, "sleep 10"] } } }
`,
  check: (workload) => {
    if (workload.lacking(KubernetesFeature.STOP_SIGNAL) !== undefined) return [];
    return workload.pod.running.flatMap(({ stopSignal, preStop }) => {
      const command = preStop?.command ?? '';
      const [quit] = statements(scriptIn(command) ?? command).flatMap(({ text }) => quitIn(text) ?? []);
      if (stopSignal === undefined || preStop === undefined || quit === undefined) return [];
      return [
        {
          field: `${preStop.field}.exec.command`,
          problem: `\`${quit}\` tells the process to stop, and ${stopSignal} follows at once, so that it may cut off what is to end in peace`,
          fix: `leave \`${quit}\` out, and let stopSignal alone stop the process`,
        },
      ];
    });
  },
};
