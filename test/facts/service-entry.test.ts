import { factsOf } from '../../lib/facts/roles';
import { ServiceEntryFact } from '../../lib/facts/service-entry';
import { objects } from '../support/rules';

const entry = (spec: string, apiVersion = 'networking.istio.io/v1') =>
  factsOf(
    objects(`{ apiVersion: ${apiVersion}, kind: ServiceEntry, spec: ${spec} }`).map((manifest) => ({ manifest })),
  );

test.each([
  ['networking.istio.io/v1', true],
  ['networking.istio.io/v1alpha3', true],
  ['networking.k8s.io/v1', false],
])('of %s: %j', (apiVersion, isEntry) => {
  expect(entry('{}', apiVersion)[0] instanceof ServiceEntryFact).toBe(isEntry);
});

test.each([
  ['{ hosts: [web, "*.example.com", 7, null] }', ['web', '*.example.com']],
  ['{ hosts: web }', []],
  ['{ hosts: null }', []],
  ['{}', []],
  ['7', []],
])('%s makes the hosts %j', (spec, hosts) => {
  expect((entry(spec)[0] as ServiceEntryFact).hosts).toEqual(hosts);
});
