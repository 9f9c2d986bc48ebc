// SG-4
import { scriptIn, statements } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const END_OF_BLOCK = /^(?:(?:fi|done|esac)\b|[})])/;

export const shellSwallowsSigterm: RuleOf<'workload'> = {
  id: 'app/shell-swallows-sigterm',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The signal to stop goes to the first process of the container. If that is a shell which waits for its last command, the
signal ends there: the kernel does not apply the default action to process 1, and the shell does not pass it on. The app knows
nothing and is killed when the grace period is over. Some shells replace themselves by the last command, others do not:
\`exec\` says it.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example',
  ],
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "web:1.0", command: [sh, -c, "migrate && node server.js"] }
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
      containers:
        - { name: web, image: "web:1.0", command: [sh, -c, "migrate && exec node server.js"] }
`,
  check: ({ pod, endsByItself }) => {
    if (endsByItself) return [];
    return pod.running.flatMap(({ command, commandField }) => {
      const written = scriptIn(command.join(' '));
      if (written === undefined) return [];
      const script = statements(written).map(({ text }) => text);
      const last = script.filter((text) => !END_OF_BLOCK.test(text)).at(-1) ?? '';
      if (script.length < 2 || /(?:^|\s)exec\s/.test(last) || script.some((text) => /(?:^|\s)trap\s/.test(text)))
        return [];
      return [
        {
          field: commandField,
          problem: `a shell with ${script.length} commands may stay process 1 and keeps SIGTERM to itself, so that the app is killed after ${pod.grace}s`,
          fix: `write \`exec\` before the last command if that is the app; otherwise let the script trap TERM, or start an init such as tini`,
        },
      ];
    });
  },
};
