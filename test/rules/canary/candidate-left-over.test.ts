import { candidateLeftOver as rule } from '../../../lib/rules/canary/candidate-left-over';
import { findingsOf, varied } from '../../support/rules';

const having = (stable: string, canary: string) =>
  varied(varied(rule.bad, 'replicas: 18', stable), '\n  replicas: 2\n', `\n  ${canary}\n`);

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'Deployment web-canary: canary/candidate-left-over: spec.replicas: its 2 pods run what the 18 of web-stable run, so that nothing is compared any more; use replicas: 0, or name the next version',
  ]);
});

test.each(['image: web:1.0.1', 'image: web:1.0@sha256:1', 'image: other/web:1.0'])(
  'a canary with %s compares',
  (image) => {
    const at = rule.bad.lastIndexOf('image: web:1.0');
    const other = rule.bad.slice(0, at) + image + rule.bad.slice(at + 'image: web:1.0'.length);
    expect(findingsOf(rule, other)).toEqual([]);
  },
);

test('a sidecar may be what is compared', () => {
  const at = rule.bad.lastIndexOf('        - name: web');
  const sidecar = '        - { name: log, image: "log:2.0" }\n';
  expect(findingsOf(rule, rule.bad.slice(0, at) + sidecar + rule.bad.slice(at))).toEqual([]);
});

test.each([
  ['replicas: 18', 'replicas: 0', 0],
  ['replicas: 2', 'replicas: 2', 0],
  ['replicas: 1', 'replicas: 2', 0],
  ['replicas: 3', 'replicas: 2', 1],
  ['replicas: 4', 'replicas: 3', 1],
  ['paused: false', 'replicas: 2', 0],
  ['replicas: 18', 'paused: false', 0],
])('%s beside %s: %i', (stable, canary, count) => {
  expect(findingsOf(rule, having(stable, canary)).length).toBe(count);
});

test('two versions of other names are no release', () => {
  const renamed = rule.bad.replaceAll('track: canary', 'track: blue');
  expect(findingsOf(rule, renamed)).toEqual([]);
});

test('routes may leave the other version without requests', () => {
  const routed = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web }
spec: { hosts: [web], http: [{ route: [{ destination: { host: web } }] }] }
`;
  expect(findingsOf(rule, rule.bad + routed)).toEqual([]);
});
