// SC-6
import { Severity } from '../../findings';
import { STARTS_BEFORE_APP } from '../../values/annotations';
import type { RuleOf } from '../rule';

const web = (startup: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations: { cdk8s-patterns/starts-before-app: proxy }
    spec:
      initContainers:
        - { name: proxy, image: "proxy:1.0", restartPolicy: Always${startup} }
      containers: [{ name: web, image: "web:1.0" }]
`;

export const sidecarStartsLate: RuleOf<'workload'> = {
  id: 'app/sidecar-starts-late',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `An app that connects through a sidecar needs it from its first second. Containers of the ordinary kind start together.
An init container with \`restartPolicy: Always\` starts before the app, but the kubelet goes on as soon as its process runs, whether
it listens or not. Only a startup probe makes the app wait until the sidecar is up.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/753-sidecar-containers',
  ],
  bad: web(''),
  good: web(', startupProbe: { tcpSocket: { port: 9000 } }'),
  check: ({ pod }) =>
    pod.named(STARTS_BEFORE_APP).flatMap((name) => {
      const sidecar = pod.sidecars.find((one) => one.name === name);
      if (sidecar?.startup !== undefined) return [];
      if (sidecar !== undefined) {
        const problem = `missing, so that the app starts as soon as the process of \`${name}\` runs`;
        const fix = 'add a startup probe; with Sidecar: health: HealthCheck.tcp()';
        return [{ field: `${sidecar.field}.startupProbe`, problem, fix }];
      }
      const other = pod.all.find((one) => one.name === name);
      const fix = 'make it an init container with restartPolicy: Always and a startupProbe';
      if (other === undefined) {
        const problem = `names \`${name}\`, which is not there, so that the app starts without it`;
        return [{ field: pod.annotationField(STARTS_BEFORE_APP), problem, fix: 'remove the name, or add the sidecar' }];
      }
      const when = pod.containers.includes(other) ? 'starts together with the app' : 'ends before the app starts';
      return [{ field: other.field, problem: `\`${name}\` ${when}, so that the app may not find it`, fix }];
    }),
};
