import { destinationServiceMissing as rule } from '../../../lib/rules/canary/destination-service-missing';
import { findingsOf, varied } from '../../support/rules';

const MISSING = 'there is no Service wev in namespace default, so that its share of the requests is answered with 503';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    `VirtualService web: canary/destination-service-missing: spec.http[0].route[0].destination.host: ${MISSING}; use host: web`,
  ]);
});

const HOST = 'host: wev }';
const to = (host: string) => varied(rule.bad, HOST, `host: "${host}" }`);
const service = (name: string, namespace = 'default') =>
  `---\n{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} } }\n`;

test('a host in full is looked for in the namespace that it names', () => {
  expect(findingsOf(rule, to('wev.default.svc.cluster.local'))[0]).toContain(`host: ${MISSING}; use host: web`);
  expect(findingsOf(rule, to('web.default.svc.cluster.local'))).toEqual([]);
});

test.each(['web.default', 'web.default.svc'])('%s is no host of a Service', (host) => {
  expect(findingsOf(rule, to(host))).toEqual([
    `VirtualService web: canary/destination-service-missing: spec.http[0].route[0].destination.host: \`${host}\` is taken as it is, since only a name without a dot is completed, and no Service has this host, so that its share of the requests is answered with 503; use host: web.default.svc.cluster.local`,
  ]);
});

test.each(['wev.default', 'web.ops', 'example.com', 'a.web.default', '*.default', '', '10.0.0.1'])(
  '%j may be a host elsewhere',
  (host) => {
    expect(findingsOf(rule, to(host))).toEqual([]);
  },
);

test('where a Service of that name lies in another namespace, that is meant', () => {
  expect(findingsOf(rule, rule.bad + service('wev', 'shop'))).toEqual([
    expect.stringMatching(/ wev in namespace default,.*; use host: wev\.shop\.svc\.cluster\.local$/),
  ]);
});

test('without a slip of the pen the Services of the namespace are listed', () => {
  const many = varied(rule.bad, HOST, 'host: checkout }') + service('api') + service('far', 'ops');
  expect(findingsOf(rule, many)[0]).toMatch(/; use host: one of web, api$/);
});

test('in a namespace without Services in the input nothing can be said', () => {
  expect(findingsOf(rule, to('wev.shop.svc.cluster.local'))).toEqual([]);
  expect(findingsOf(rule, rule.bad.split('---')[0] ?? '')).toEqual([]);
});

test.each(['wev.default.svc.cluster.local', '*.svc.cluster.local'])('a ServiceEntry for %s makes the host', (host) => {
  const entry = `---\n{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: wev }, spec: { hosts: ["${host}"] } }`;
  expect(findingsOf(rule, rule.bad + entry)).toEqual([]);
  expect(findingsOf(rule, rule.bad + varied(entry, host, 'other.com'))).toHaveLength(1);
});

const flagger = `---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: web }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: wev } }
`;

test('Flagger makes Services of three names', () => {
  expect(findingsOf(rule, rule.bad + flagger)).toEqual([]);
  expect(findingsOf(rule, to('wev-canary') + flagger)).toEqual([]);
  expect(findingsOf(rule, to('wev-canary.default') + flagger)).toHaveLength(1);
  expect(findingsOf(rule, to('wev-other') + flagger)).toHaveLength(1);
});

test('mirrors, and routes of tcp and tls, lead to Services too', () => {
  const mirror = varied(rule.good, 'host: web } }]', 'host: web } }]\n      mirror: { host: wev }');
  expect(findingsOf(rule, mirror)[0]).toContain(': spec.http[0].mirror.host: ');
  for (const kind of ['tcp', 'tls']) {
    expect(findingsOf(rule, varied(rule.bad, 'http:\n', `${kind}:\n`))[0]).toContain(
      `: spec.${kind}[0].route[0].destination.host: `,
    );
  }
});
