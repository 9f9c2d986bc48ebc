// SG-2
import { quitIn, type Statement, scriptIn, statements } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const SLEEP = /\bsleep\s+[^\s)]+/;

export const quitBeforeDelay: RuleOf<'workload'> = {
  id: 'app/quit-before-delay',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The delay of a preStop hook is for requests that are still on their way. A server that was told to quit has closed its
port, so waiting after that helps nobody: the requests that arrive meanwhile are refused. First wait, then quit.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow',
    'https://nginx.org/en/docs/control.html',
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
        - name: web
          image: web:1.0
          lifecycle: { preStop: { exec: { command: [sh, -c, "nginx -s quit; sleep 10"] } } }
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
        - name: web
          image: web:1.0
          lifecycle: { preStop: { exec: { command: [sh, -c, "sleep 10; nginx -s quit"] } } }
`,
  check: ({ pod }) =>
    pod.running.flatMap(({ preStop }) => {
      const script = scriptIn(preStop?.command ?? '');
      if (preStop === undefined || script === undefined) return [];
      const all = statements(script);
      const at = all.findIndex(({ text }) => quitIn(text) !== undefined);
      const quit = quitIn(all[at]?.text ?? '');
      const late = sleepIn(all.slice(at + 1).filter(({ inLoop }) => !inLoop));
      if (quit === undefined || late === undefined || sleepIn(all.slice(0, at)) !== undefined) return [];
      return [
        {
          field: `${preStop.field}.exec.command`,
          problem: `\`${quit}\` comes before \`${late}\`, so that requests which arrive during the sleep are refused`,
          fix: `put \`${late};\` before \`${quit}\``,
        },
      ];
    }),
};

function sleepIn(commands: readonly Statement[]): string | undefined {
  return commands.flatMap(({ text }) => SLEEP.exec(text)?.[0] ?? [])[0];
}
