import { NamespaceFact } from '../../lib/facts';
import { worldOf } from '../support/facts';

test.each([
  ['v1', 'Namespace', true],
  ['v1', 'NamespaceList', false],
  ['v1', 'Node', false],
  ['example.com/v1', 'Namespace', false],
])('%s %s is a Namespace: %j', (apiVersion, kind, expected) => {
  const [object] = worldOf(`{ apiVersion: ${apiVersion}, kind: ${kind} }`).objects;
  expect(object instanceof NamespaceFact).toBe(expected);
});

const labelled = (labels: string) =>
  worldOf(`{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: ${labels} } }`)
    .objects[0] as NamespaceFact;

test.each([
  ['{ istio-injection: enabled }', true, false],
  ['{ istio-injection: disabled }', false, false],
  ['{ istio.io/rev: stable }', true, false],
  ['{ istio.io/rev: "" }', true, false],
  ['{ istio-injection: disabled, istio.io/rev: stable }', false, false],
  ['{ istio-injection: enabled, istio.io/rev: stable }', true, false],
  ['{ istio.io/dataplane-mode: ambient }', undefined, true],
  ['{ istio.io/dataplane-mode: none }', undefined, false],
  ['{ istio-injection: disabled, istio.io/dataplane-mode: ambient }', false, true],
  ['{ istio-injection: enabled, istio.io/dataplane-mode: ambient }', true, true],
  ['{ istio-injection: "true" }', undefined, false],
  ['{ istio-injection: true }', undefined, false],
  ['{ istio-injection: null, istio.io/rev: null, istio.io/dataplane-mode: null }', undefined, false],
  ['{ istio.io/rev: 7, istio.io/dataplane-mode: [ambient] }', undefined, false],
  ['{ app: istio }', undefined, false],
  ['{}', undefined, false],
  ['null', undefined, false],
  ['7', undefined, false],
])('with the labels %s it injects: %j, and is ambient: %j', (labels, injects, isAmbient) => {
  const namespace = labelled(labels);
  expect([namespace.injects, namespace.isAmbient]).toEqual([injects, isAmbient]);
});
