import { imageNotPinned as rule } from '../../../lib/rules/app/image-not-pinned';
import { findingsOf, varied } from '../../support/rules';

const line = (image: string, repository: string, where = 'containers[0]') =>
  `Deployment web: app/image-not-pinned: spec.template.spec.${where}.image: \`${image}\` is whatever was pushed last, so that a restart may bring another build; use \`${repository}:1.0.0\`, with the tag that you mean, or a digest`;
const WEB = 'registry.example.com:5000/web';

test('names the image; the port of a registry is no tag', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(WEB, WEB)]);
});

test.each([
  ['nginx', 1],
  ['nginx:latest', 1],
  [`${WEB}:latest`, 1],
  ['nginx:1', 0],
  ['nginx:latest-alpine', 0],
  ['nginx@sha256:0123', 0],
  ['nginx:latest@sha256:0123', 0],
])('%s: %i findings', (image, count) => {
  const repository = image.replace(':latest', '');
  expect(findingsOf(rule, varied(rule.bad, WEB, image))).toEqual(count === 0 ? [] : [line(image, repository)]);
});

test('a missing image is filled in by somebody else', () => {
  expect(findingsOf(rule, varied(rule.bad, `image: "${WEB}"`, ''))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, `"${WEB}"`, '""'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, `"${WEB}"`, '7'))).toEqual([]);
});

test('every container is judged, init containers and sidecars as well', () => {
  const inits = 'initContainers: [{ name: a, image: a }, { name: b, image: "b:latest", restartPolicy: Always }]';
  expect(findingsOf(rule, varied(rule.bad, 'containers:', `${inits}\n      containers:`))).toEqual([
    line(WEB, WEB),
    line('b:latest', 'b', 'initContainers[1]'),
    line('a', 'a', 'initContainers[0]'),
  ]);
});

test('a Rollout that takes its template from a Deployment has no image', () => {
  const rollout = `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
`;
  expect(findingsOf(rule, `${rule.good}---${rollout}`)).toEqual([]);
});
