// a ReadWriteOnce claim shared by more than one pod of a rolling Deployment
import { Severity } from '../../findings';
import { counted } from '../../findings/format';
import type { RuleOf } from '../rule';

const app = (strategy: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: store }
spec:
  replicas: 1
  strategy: { type: ${strategy} }
  selector: { matchLabels: { app: store } }
  template:
    metadata: { labels: { app: store } }
    spec:
      containers: [{ name: store, image: "store:1.0", volumeMounts: [{ name: data, mountPath: /data }] }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
`;

export const claimSharedByPods: RuleOf<'workload'> = {
  id: 'app/claim-shared-by-pods',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A claim with ReadWriteOnce is attached to one node. A second pod on another node waits for it: with several replicas they wait for ever, and with one
replica the new pod of a roll-out waits for the old one, which goes only when the new one is ready.`,
  sources: ['https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes'],
  bad: app('RollingUpdate'),
  good: app('Recreate'),
  check: (workload, world) => {
    const { rollout, namespace, pod } = workload;
    const pods = world.fewestPods(workload);
    if (pods === undefined || pods === 0 || workload.isOf('apps', 'StatefulSet')) return [];
    const rolls = rollout !== undefined && !rollout.stopsFirst && world.rolloutOf(workload) === undefined;
    const surge = rolls ? rollout.maxSurge.roundedUp(pods) : 0;
    if (pods + surge < 2) return [];
    return pod.volumes.flatMap(({ field, claim }) => {
      const found = claim === undefined ? undefined : world.claim(namespace, claim);
      if (found === undefined || found.isShared || found.modes === '') return [];
      const who = pods < 2 ? `${counted(pods, 'pod')}, and ${surge} more in a roll-out,` : counted(pods, 'pod');
      const problem = `${who} share claim ${claim} (${found.modes}), which is attached to one node`;
      const fix =
        'use strategy.type: Recreate with one replica, or a claim with ReadWriteMany; with WebApp: singleWriter: true';
      return [{ field: `${field}.persistentVolumeClaim`, problem, fix }];
    });
  },
};
