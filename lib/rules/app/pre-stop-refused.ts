// SD-2
import { Severity } from '../../findings';
import { KubernetesFeature } from '../../values/kubernetes-version';
import type { RuleOf } from '../rule';
import { MARGIN } from './grace-too-short';

export const preStopRefused: RuleOf<'workload'> = {
  id: 'app/pre-stop-refused',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `The sleep of a preStop hook is part of the grace period, so it cannot be longer than that, and it cannot be negative.
Releases before 1.33 do not accept a sleep of zero seconds either, and a hook does one thing: it sleeps, or it runs a command. A Deployment with such a hook is refused, or, where the
pod template is not checked beforehand, it exists and never gets a pod.`,
  sources: [
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/3960-pod-lifecycle-sleep-action',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/4818-allow-zero-value-for-sleep-action-of-prestop-hook',
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
      terminationGracePeriodSeconds: 30
      containers:
        - { name: web, image: "web:1.0", lifecycle: { preStop: { sleep: { seconds: 40 } } } }
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
      terminationGracePeriodSeconds: 45
      containers:
        - { name: web, image: "web:1.0", lifecycle: { preStop: { sleep: { seconds: 40 } } } }
`,
  check: (workload) => {
    const { pod } = workload;
    if (workload.lacking(KubernetesFeature.PRE_STOP_SLEEP) !== undefined) return [];
    const zero = workload.lacking(KubernetesFeature.PRE_STOP_SLEEP_ZERO);
    return pod.running.flatMap(({ preStop }) => {
      if (preStop?.isSleep !== true) return [];
      if (preStop.isExec) {
        const problem = 'sleep and exec in one hook, so that the API server refuses the pod';
        const begun = `exec: { command: [sh, -c, "sleep ${preStop.seconds}; ${preStop.command}"] }`;
        return [{ field: preStop.field, problem, fix: `wait in the command: ${begun}` }];
      }
      const field = `${preStop.field}.sleep.seconds`;
      const { seconds } = preStop;
      if (seconds > pod.grace) {
        const problem = `${seconds}s, but terminationGracePeriodSeconds is ${pod.grace}s, so that the API server refuses the pod`;
        return [{ field, problem, fix: `set terminationGracePeriodSeconds to ${pod.stop.total + MARGIN} or more` }];
      }
      const fix = 'set seconds to 5';
      if (seconds < 0)
        return [{ field, problem: `${seconds}s is below 0, so that the API server refuses the pod`, fix }];
      if (seconds > 0 || zero === undefined) return [];
      return [{ field, problem: `a sleep of 0s ${zero}, so that the API server refuses the pod`, fix }];
    });
  },
};
