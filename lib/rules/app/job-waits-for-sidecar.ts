// SC-1
import { Severity } from '../../findings';
import { CLASSIC_SIDECARS } from '../../values/annotations';
import { KubernetesFeature } from '../../values/kubernetes-version';
import type { RuleOf } from '../rule';

const report = (sidecar: string) => `
apiVersion: batch/v1
kind: Job
metadata: { name: report }
spec:
  template:
    metadata: { annotations: { cdk8s-patterns/classic-sidecars: log } }
    spec:
      restartPolicy: Never
      containers:
        - { name: report, image: "report:1.0" }
${sidecar}
`;

export const jobWaitsForSidecar: RuleOf<'workload'> = {
  id: 'app/job-waits-for-sidecar',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A Job is complete when all containers of its pod have ended. A sidecar among them has no reason to end, so the Job runs
on after its work is done, until a deadline fails it, and a CronJob starts no other one or lets them pile up. A sidecar in the form of
an init container with \`restartPolicy: Always\` is stopped when the work is done.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/753-sidecar-containers',
  ],
  bad: report('        - { name: log, image: "log:1.0" }'),
  good: report('      initContainers: [{ name: log, image: "log:1.0", restartPolicy: Always }]'),
  check: (workload) => {
    if (!workload.endsByItself) return [];
    const classic = workload.pod.named(CLASSIC_SIDECARS);
    const isNative = workload.lacking(KubernetesFeature.NATIVE_SIDECARS) === undefined;
    return workload.pod.containers
      .filter(({ name }) => classic.includes(name))
      .map((container) => ({
        field: container.field,
        problem: `sidecar \`${container.name}\` does not end when the work is done, so that the ${workload.kind} never completes`,
        fix: isNative
          ? 'move it to initContainers with restartPolicy: Always; with BatchTask: use Sidecar.of'
          : 'end it from the app, or use a target of Kubernetes 1.29',
      }));
  },
};
