import { checkImage, isPinned, parseImage } from '../../lib/values/image';
import { thrown } from '../support/apps';

const DIGEST = `sha256:${'0'.repeat(64)}`;

test.each([
  ['nginx', 'nginx', undefined, undefined],
  ['nginx:1.27', 'nginx', '1.27', undefined],
  ['registry:5000/web', 'registry:5000/web', undefined, undefined],
  ['registry:5000/team/web:1.0', 'registry:5000/team/web', '1.0', undefined],
  [`web@${DIGEST}`, 'web', undefined, DIGEST],
  [`registry:5000/web:1.0@${DIGEST}`, 'registry:5000/web', '1.0', DIGEST],
  ['registry:/web:1.0', 'registry:/web', '1.0', undefined],
  ['a:1/web:1.0', 'a:1/web', '1.0', undefined],
  ['web:', 'web', undefined, undefined],
  ['web@', 'web', undefined, undefined],
  ['', '', undefined, undefined],
])('%j is repository %j, tag %j, digest %j', (image, repository, tag, digest) => {
  expect(parseImage(image)).toStrictEqual({ repository, tag, digest });
});

test.each([
  ['web:1.0', true],
  [`web@${DIGEST}`, true],
  [`web:latest@${DIGEST}`, true],
  ['web:latest', false],
  ['web', false],
  ['web:', false],
  ['web@', false],
])('%j names one build: %j', (image, pinned) => {
  expect(isPinned(parseImage(image))).toBe(pinned);
});

test.each(['web:1.0', 'web:latest', `web@${DIGEST}`, 'registry:5000/web:1.0'])('%j is accepted as it is', (image) => {
  expect(checkImage('x', image)).toBe(image);
});

test.each([
  ['', 'x: `` is not an image'],
  [':1.0', 'x: `:1.0` is not an image'],
  [`@${DIGEST}`, `x: \`@${DIGEST}\` is not an image`],
  ['web: 1.0', 'x: `web: 1.0` is not an image'],
  ['web:1.0\n', 'x: `web:1.0\n` is not an image'],
  ['web', 'x: `web` has no tag, so that each pull may bring another build; use `web:1.0.0` or a digest'],
  ['web:', 'x: `web:` has no tag, so that each pull may bring another build; use `web:1.0.0` or a digest'],
  [
    'registry:5000/web',
    'x: `registry:5000/web` has no tag, so that each pull may bring another build; use `registry:5000/web:1.0.0` or a digest',
  ],
])('%j is refused', (image, message) => {
  expect(thrown(() => checkImage('x', image))).toBe(message);
});
