import { World } from '../../../lib/facts';
import { stagedInPlaceOf } from '../../../lib/facts/reach/staged';
import { objects } from '../../support/rules';

/** What is enforced once all that is staged is, as `apiVersion kind namespace/name`. */
function enforced(...texts: string[]) {
  const world = new World(objects(texts.join('---\n')).map((manifest) => ({ manifest })));
  return stagedInPlaceOf(world.objects).map(
    ({ apiVersion, kind, namespace, name }) => `${apiVersion} ${kind} ${namespace}/${name}`,
  );
}
const object = (apiVersion: string, kind: string, metadata: string, spec = '{}') => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { ${metadata} }
spec: ${spec}
`;
const CALICO = 'projectcalico.org/v3';
const KUBERNETES = 'networking.k8s.io/v1';

test('what is staged stands there as its enforced kind', () => {
  expect(
    enforced(
      object(CALICO, 'StagedNetworkPolicy', 'name: a, namespace: shop'),
      object(CALICO, 'StagedGlobalNetworkPolicy', 'name: b'),
      object(CALICO, 'StagedKubernetesNetworkPolicy', 'name: c, namespace: shop'),
    ),
  ).toEqual([
    `${CALICO} NetworkPolicy shop/a`,
    `${CALICO} GlobalNetworkPolicy default/b`,
    `${KUBERNETES} NetworkPolicy shop/c`,
  ]);
});

test('in place of the policy of its kind, group, namespace and name, and of no other', () => {
  const others = [
    object(CALICO, 'NetworkPolicy', 'name: a, namespace: bank'),
    object(CALICO, 'NetworkPolicy', 'name: b, namespace: shop'),
    object(KUBERNETES, 'NetworkPolicy', 'name: a, namespace: shop'),
    object(CALICO, 'GlobalNetworkPolicy', 'name: a'),
    object('v1', 'ConfigMap', 'name: a, namespace: shop'),
  ];
  const kept = enforced(...others);
  expect(kept).toHaveLength(5);
  expect(
    enforced(
      object(CALICO, 'NetworkPolicy', 'name: a, namespace: shop'),
      ...others,
      object(CALICO, 'StagedNetworkPolicy', 'name: a, namespace: shop'),
    ),
  ).toEqual([...kept, `${CALICO} NetworkPolicy shop/a`]);
});

test('a policy of the whole cluster has no namespace, whatever is written', () => {
  expect(
    enforced(
      object(CALICO, 'GlobalNetworkPolicy', 'name: a, namespace: shop'),
      object(CALICO, 'StagedGlobalNetworkPolicy', 'name: a', '{ stagedAction: Delete }'),
    ),
  ).toEqual([]);
});

test('a staged policy of Kubernetes is about one of Kubernetes', () => {
  const live = object(KUBERNETES, 'NetworkPolicy', 'name: a, namespace: shop');
  const calico = object(CALICO, 'NetworkPolicy', 'name: a, namespace: shop');
  const gone = object(CALICO, 'StagedKubernetesNetworkPolicy', 'name: a, namespace: shop', '{ stagedAction: Delete }');
  expect(enforced(live, calico, gone)).toEqual([`${CALICO} NetworkPolicy shop/a`]);
});
