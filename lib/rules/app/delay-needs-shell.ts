// SD-5
import { Severity } from '../../findings';
import { WITHOUT_SHELL } from '../../values/annotations';
import { KubernetesFeature } from '../../values/kubernetes-version';
import type { RuleOf } from '../rule';

/** Programs that come with a shell and its tools; a program of the app itself may well be there. */
const TOOL = /^(?:\S*\/)?(sh|bash|ash|dash|busybox|env|sleep|kill|pkill|killall|curl|wget)(?:\s|$)/;

export const delayNeedsShell: RuleOf<'workload'> = {
  id: 'app/delay-needs-shell',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A preStop command runs inside the container, so its program has to be in the image. An image without a shell has no
\`sleep\` either: the hook fails, and the container is told to stop at once, without the delay that the hook was written for.
Since Kubernetes 1.30 the kubelet can sleep itself and needs nothing from the image.`,
  sources: [
    'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/3960-pod-lifecycle-sleep-action',
  ],
  bad: `
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
        - { name: web, image: "web:1.0", lifecycle: { preStop: { exec: { command: [sleep, "10"] } } } }
`,
  good: `
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
        - { name: web, image: "web:1.0", lifecycle: { preStop: { sleep: { seconds: 10 } } } }
`,
  check: (workload) => {
    const { pod } = workload;
    const bare = pod.named(WITHOUT_SHELL);
    const hasSleep = workload.lacking(KubernetesFeature.PRE_STOP_SLEEP) === undefined;
    return pod.running.flatMap(({ name, preStop }) => {
      const tool = TOOL.exec(preStop?.command ?? '')?.[1];
      if (preStop === undefined || tool === undefined || !bare.includes(name)) return [];
      return [
        {
          field: `${preStop.field}.exec.command`,
          problem: `runs \`${tool}\`, which the image does not have, so that the container stops at once`,
          fix: hasSleep
            ? `use preStop: { sleep: { seconds: ${preStop.seconds || 5} } }`
            : `use an image with \`${tool}\`, or call a program that it has`,
        },
      ];
    });
  },
};
