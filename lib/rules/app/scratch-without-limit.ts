// SC-3
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const web = (emptyDir: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      volumes: [{ name: cache, emptyDir: ${emptyDir} }]
      containers:
        - { name: web, image: "web:1.0", volumeMounts: [{ name: cache, mountPath: /cache }] }
`;

export const scratchWithoutLimit: RuleOf<'workload'> = {
  id: 'app/scratch-without-limit',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `An emptyDir lies on the disk of the node, which all its pods share. If one pod writes without end, the node runs out of
space and evicts pods that have done nothing. With a size limit, only the pod that went too far is evicted. In memory the volume
counts as memory of the containers, and what is written there can get them killed.`,
  sources: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
    'https://kubernetes.io/docs/concepts/storage/ephemeral-storage/',
  ],
  bad: web('{}'),
  good: web('{ sizeLimit: 256Mi }'),
  check: ({ pod }) =>
    pod.volumes.flatMap(({ name, field, scratch }) => {
      const isInMemory = scratch?.medium === 'Memory';
      const writers = pod.all.filter(({ mounts }) => mounts.some((one) => one.volume === name && !one.readOnly));
      if (scratch === undefined || isSize(scratch.sizeLimit) || writers.length === 0) return [];
      if (!isInMemory && pod.running.some(({ limits }) => isSize(limits['ephemeral-storage']))) return [];
      const harm = isInMemory
        ? 'take the memory that the containers need'
        : 'fill the disk of the node, from which other pods are evicted then';
      return [
        {
          field: `${field}.emptyDir.sizeLimit`,
          problem: `missing, so that what ${listed(writers.map((one) => one.name))} writes can ${harm}`,
          fix: `set sizeLimit to 256Mi; with WebApp: addScratch('${name}', { path, sizeLimit: Size.mebibytes(256) })`,
        },
      ];
    }),
};

function isSize(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
