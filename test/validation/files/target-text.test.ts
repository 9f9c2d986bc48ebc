import { parseTarget, readTarget } from '../../../lib/validation/files/target-text';

const UNUSED = 'argo-rollouts, cilium, flagger, gateway-api, keda, kserve';

function shown(text: string): unknown[] {
  const { target, unused } = parseTarget(text);
  const { kubernetes, nodes, istio, disposable } = target;
  return [kubernetes.toString(), nodes, istio, disposable, unused];
}

test.each<[string, unknown[]]>([
  ['', ['1.33', undefined, undefined, false, []]],
  ['kubernetes=1.29', ['1.29', undefined, undefined, false, []]],
  ['nodes=6', ['1.33', 6, undefined, false, []]],
  ['nodes=12', ['1.33', 12, undefined, false, []]],
  ['istio=1.30', ['1.33', undefined, '1.30', false, []]],
  ['disposable=true', ['1.33', undefined, undefined, true, []]],
  ['disposable=false', ['1.33', undefined, undefined, false, []]],
  ['kubernetes=1.37,nodes=3,istio=1.27,disposable=true', ['1.37', 3, '1.27', true, []]],
  [' kubernetes = 1.37 , , nodes = 3 ,', ['1.37', 3, undefined, false, []]],
  ['keda=2.19,kserve=0.15,nodes=3', ['1.33', 3, undefined, false, ['keda', 'kserve']]],
  [`${UNUSED.replaceAll(', ', '=1,')}=1`, ['1.33', undefined, undefined, false, UNUSED.split(', ')]],
])('%j is a target', (text, expected) => {
  expect(shown(text)).toEqual(expected);
});

const known = `known are kubernetes, nodes, istio, calico, data-plane, disposable, ${UNUSED}`;

test.each([
  ['nodes', 'target: `nodes` is no key=value; use kubernetes=1.33,nodes=6'],
  ['nodes=', 'target: `nodes=` is no key=value; use kubernetes=1.33,nodes=6'],
  ['=6', 'target: `=6` is no key=value; use kubernetes=1.33,nodes=6'],
  ['nodes=6=7', 'target: `nodes=6=7` is no key=value; use kubernetes=1.33,nodes=6'],
  ['nodes=6;istio=1.30', 'target: `nodes=6;istio=1.30` is no key=value; use kubernetes=1.33,nodes=6'],
  ['nodes=6,nodes=6', 'target: nodes is given twice'],
  ['linkerd=2.18', `target: \`linkerd\` is unknown; ${known}`],
  ['Nodes=6', `target: \`Nodes\` is unknown; ${known}`],
  ['nodes=six', 'target: nodes=six is no whole number; use nodes=6'],
  ['nodes=6.5', 'target: nodes=6.5 is no whole number; use nodes=6'],
  ['nodes=-6', 'target: nodes=-6 is no whole number; use nodes=6'],
  ['nodes=6x', 'target: nodes=6x is no whole number; use nodes=6'],
  ['nodes=x6', 'target: nodes=x6 is no whole number; use nodes=6'],
  ['data-plane=bpf', 'target: data-plane=bpf is none of iptables, nftables, eBPF, VPP'],
  ['calico=4.0', "ClusterNetwork.of: calico: `4.0` is no release of Calico from 3.27 to 3.32; use calico: '3.31'"],
  ['disposable=yes', 'target: disposable=yes is neither true nor false'],
  ['kubernetes=1.99', 'KubernetesVersion.of: `1.99` is outside 1.27 to 1.37; use KubernetesVersion.V1_33'],
])('%s is refused', (text, message) => {
  expect(() => parseTarget(text)).toThrow(new Error(message));
});

test('Calico and what carries its packets make a network', () => {
  const { network } = parseTarget('calico=3.31,data-plane=VPP').target;
  expect([network?.calico, network?.dataPlane]).toEqual(['3.31', 'VPP']);
  expect(parseTarget('data-plane=eBPF').target.network?.dataPlane).toBe('eBPF');
  expect(parseTarget('calico=3.29').target.network?.dataPlane).toBe('iptables');
  expect(parseTarget('nodes=3').target.network).toBeUndefined();
});

test('the values know their bounds themselves', () => {
  expect(() => parseTarget('nodes=0')).toThrow('nodes');
  expect(() => parseTarget('istio=latest')).toThrow('`latest` is no release of Istio');
});

test('entries may come from elsewhere, and may be empty', () => {
  expect(readTarget(new Map([['nodes', '2']])).target.nodes).toBe(2);
  expect(() => readTarget(new Map([['nodes', '']]))).toThrow('target: nodes= is no whole number; use nodes=6');
});
