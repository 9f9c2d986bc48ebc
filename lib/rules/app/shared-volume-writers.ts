// SC-2
import type { ContainerFact, Mount } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const web = (shipper: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      volumes: [{ name: logs, emptyDir: { sizeLimit: 256Mi } }]
      containers:
        - { name: web, image: "web:1.0", volumeMounts: [{ name: logs, mountPath: /logs }] }
        - { name: shipper, image: "shipper:1.0", volumeMounts: [{ name: logs, mountPath: /logs${shipper} }] }
`;

export const sharedVolumeWriters: RuleOf<'workload'> = {
  id: 'app/shared-volume-writers',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Containers that share a volume need one that writes and others that read. Two writers overwrite each other's files, or mix
their lines, and a container that only reads can still delete what it reads unless its mount is read-only. If all mounts are
read-only, nothing ever gets into the volume.`,
  sources: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
    'https://kubernetes.io/docs/tasks/access-application-cluster/communicate-containers-same-pod-shared-volume/',
  ],
  bad: web(''),
  good: web(', readOnly: true'),
  check: ({ pod }) =>
    pod.volumes.flatMap(({ name, field, isScratch }) => {
      if (!isScratch) return [];
      const users = pod.running.filter(({ mounts }) => mounts.some(({ volume }) => volume === name));
      const writers = pod.running.filter((one) =>
        pod.running.some((other) => one !== other && clash(name, one, other)),
      );
      if (writers.length > 0) {
        return [
          {
            field,
            problem: `${names(writers)} may write to \`${name}\`, so that one may destroy what another has written`,
            fix: 'set readOnly: true on all mounts but one, or give each container a volume',
          },
        ];
      }
      if (users.length < 2 || pod.all.some((container) => writableMounts(name, container).length > 0)) return [];
      return [
        {
          field,
          problem: `${names(users)} read \`${name}\`, but nobody writes to it, so that it stays empty`,
          fix: 'remove readOnly from the mount of the container that writes',
        },
      ];
    }),
};

/** Whether two containers may write to one file; different folders of a volume are apart. */
function clash(volume: string, one: ContainerFact, other: ContainerFact): boolean {
  return writableMounts(volume, one).some((mine) =>
    writableMounts(volume, other).some(
      (its) => mine.subPath === undefined || its.subPath === undefined || mine.subPath === its.subPath,
    ),
  );
}

function writableMounts(volume: string, { mounts }: ContainerFact): readonly Mount[] {
  return mounts.filter((mount) => mount.volume === volume && !mount.readOnly);
}

function names(containers: readonly ContainerFact[]): string {
  return listed(containers.map(({ name }) => name));
}
