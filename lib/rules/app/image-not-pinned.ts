// SC-10
import { Severity } from '../../findings';
import { isPinned } from '../../values/image';
import type { RuleOf } from '../rule';

const web = (image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "${image}" }]
`;

export const imageNotPinned: RuleOf<'workload'> = {
  id: 'app/image-not-pinned',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `Without a tag, or with \`latest\`, an image is whatever was pushed last. Pods of one app that start on different days then run
different builds, a restart rolls out what nobody asked for, and there is no older version to go back to, since the manifest
never changed.`,
  sources: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  bad: web('registry.example.com:5000/web'),
  good: web('registry.example.com:5000/web:1.4.2'),
  check: ({ pod }) =>
    pod.all.flatMap(({ field, image, imageText }) => {
      if (imageText === '' || isPinned(image)) return [];
      return [
        {
          field: `${field}.image`,
          problem: `\`${imageText}\` is whatever was pushed last, so that a restart may bring another build`,
          fix: `use \`${image.repository}:1.0.0\`, with the tag that you mean, or a digest`,
        },
      ];
    }),
};
