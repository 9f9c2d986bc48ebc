// MESH1
import { NATIVE_SIDECAR, type PodFact } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const report = (annotations: string) => `
apiVersion: batch/v1
kind: Job
metadata: { name: report }
spec:
  template:
    metadata:
      labels: { app: report, sidecar.istio.io/inject: "true" }
      annotations: { ${annotations} }
    spec:
      restartPolicy: Never
      containers: [{ name: report, image: "report:1.0" }]
`;

/** What tells the proxy to end, or wraps the work in something that does. */
const ENDS_PROXY = /quitquitquit|pilot-agent|scuttle|ISTIO_QUIT_API/i;

export const meshKeepsJobAlive: RuleOf<'workload'> = {
  id: 'app/mesh-keeps-job-alive',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A Job is complete when all containers of its pod have ended, and the proxy of a mesh has no reason to end. As an init container with \`restartPolicy: Always\` it is stopped
when the work is done. Istio adds it in that form by itself from 1.27 on, if all nodes run Kubernetes 1.33 or newer; an annotation of the pods asks for it before. Otherwise the work
has to end it, by a POST to \`/quitquitquit\` on port 15020.`,
  sources: [
    'https://istio.io/latest/blog/2023/native-sidecars/',
    'https://github.com/istio/istio/blob/1.30.0/pkg/kube/inject/webhook.go',
    'https://github.com/istio/istio/issues/11045',
  ],
  bad: report(''),
  good: report('sidecar.istio.io/nativeSidecar: "true"'),
  check: (workload, world) => {
    const { pod, kind } = workload;
    const proxy = workload.endsByItself ? world.mesh.proxyOf(workload) : undefined;
    if (proxy === undefined || proxy.form === 'native' || endsProxy(pod)) return [];
    const result = kind === 'CronJob' ? 'so that none of its Jobs completes' : 'so that the Job never completes';
    const native = `set ${NATIVE_SIDECAR}: "true"`;
    const fix = proxy.canBeNative
      ? native
      : 'let the work end with a POST to localhost:15020/quitquitquit, or use a target of Kubernetes 1.29';
    const depends = proxy.form === 'unknown';
    return [
      {
        field: pod.annotationField(NATIVE_SIDECAR),
        problem: depends
          ? `missing, and the target names no Istio: before 1.27 the proxy does not end when the work is done, ${result}`
          : `${pod.annotations[NATIVE_SIDECAR] ?? 'missing'}, and as an ordinary container the proxy does not end when the work is done, ${result}`,
        fix: depends ? `${native}, or say TargetCluster.of({ istio: '1.27' })` : fix,
      },
    ];
  },
};

function endsProxy({ all }: PodFact): boolean {
  return all.some(({ command, imageText, variables }) =>
    [...command, imageText, ...variables.map(({ name, value }) => `${name}=${value}`)].some((text) =>
      ENDS_PROXY.test(text),
    ),
  );
}
