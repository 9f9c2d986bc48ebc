// PB-10
import { Severity } from '../../findings';
import { WITHOUT_SHELL } from '../../values/annotations';
import type { RuleOf } from '../rule';

const TOOL = /^(?:.*\/)?(sh|bash|ash|ps|pgrep|cat|test|find)$/;

const web = (command: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations: { cdk8s-patterns/without-shell: web }
    spec:
      containers:
        - { name: web, image: "web:1.0", readinessProbe: { exec: { command: ${command} } } }
`;

export const probeNeedsShell: RuleOf<'workload'> = {
  id: 'app/probe-needs-shell',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The command of a probe runs inside the container, so its program has to be in the image. Small images have no shell, no
\`cat\` and no \`ps\`: the command cannot even start, whatever state the app is in. A request over the network, or a program of the
app itself, needs none of them.`,
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-liveness-command',
    'https://github.com/GoogleContainerTools/distroless',
  ],
  bad: web('[cat, /tmp/ready]'),
  good: web('[/app/web, --ready]'),
  check: ({ pod }) => {
    const bare = pod.named(WITHOUT_SHELL);
    return pod.running.flatMap(({ name, probes }) =>
      probes.flatMap(({ field, command }) => {
        const tool = TOOL.exec(command[0] ?? '')?.[1];
        if (tool === undefined || !bare.includes(name)) return [];
        return [
          {
            field: `${field}.exec.command`,
            problem: `runs \`${tool}\`, which the image does not have, so that the probe never succeeds`,
            fix: `ask with httpGet, grpc or tcpSocket, or use an image with \`${tool}\``,
          },
        ];
      }),
    );
  },
};
