// SC-1
import { Severity } from '../../findings';
import { KubernetesFeature } from '../../values/kubernetes-version';
import type { RuleOf } from '../rule';

const web = (containers: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "web:1.0" }
${containers}
`;

export const nativeSidecarUnsupported: RuleOf<'workload'> = {
  id: 'app/native-sidecar-unsupported',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `An init container with \`restartPolicy: Always\` runs beside the app. A release that does not know it drops the field, and
what is left is an ordinary init container: the app starts when it has ended, and a sidecar does not end. The pod stays in its
initialization for ever. Such a release needs the sidecar among the containers.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/753-sidecar-containers',
  ],
  kubernetes: '1.28',
  bad: web('      initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always }]'),
  good: web('        - { name: log, image: "log:1.0" }'),
  check: (workload) => {
    const lacking = workload.lacking(KubernetesFeature.NATIVE_SIDECARS);
    if (lacking === undefined) return [];
    return workload.pod.sidecars.map(({ field, name }) => ({
      field: `${field}.restartPolicy`,
      problem: `Always ${lacking}, which drops it, so that the pod waits for ever for \`${name}\` to end`,
      fix: `move \`${name}\` to containers; with WebApp: addSidecar(Sidecar.of('${name}', ...))`,
    }));
  },
};
