// HE-4
import { type CalicoPolicyFact, CalicoSelector, HostReach, Reach, type World } from '../../facts';
import { text } from '../../facts/read';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { Remark, RuleOf } from '../rule';
import { closedNodePort } from './calico-snippet';

export const hostPolicyWithoutHost: RuleOf<'calicoPolicy'> = {
  id: 'network/host-policy-without-host',
  severity: Severity.WARNING,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `Policies with \`preDNAT\` or \`doNotTrack\` hold at interfaces of nodes, which Calico knows as HostEndpoints, and nowhere else. One that selects pods, or namespaces, or a label that
no HostEndpoint bears, is stored, and does nothing: the port that it was to close is open.`,
  sources: [
    'https://docs.tigera.io/calico/latest/reference/host-endpoints/pre-dnat',
    'https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy',
  ],
  bad: closedNodePort("role == 'egde'"),
  good: closedNodePort("role == 'edge'"),
  check: (target, world) => {
    if (!target.isGlobal || (!target.isBeforeDnat && !target.isUntracked)) return [];
    const field = 'spec.selector';
    const { hosts } = HostReach.of(world);
    const policy = Reach.of(world).policyOf(target);
    if (policy === undefined || hosts.some(({ endpoint }) => policy.selects(endpoint))) return [];
    const ofPods = OF_PODS.find((key) => isOnlyOfPods(text(target.spec[key])));
    if (ofPods !== undefined) {
      const problem = `\`${text(target.spec[ofPods])}\` is about pods, and HostEndpoints have neither namespaces nor accounts, so that the policy does nothing`;
      return [{ field: `spec.${ofPods}`, problem, fix: `remove ${ofPods}` }];
    }
    const selector = text(target.spec.selector) ?? '';
    // hosts of another kind may be known elsewhere; those with the same label and another value are a slip
    if (hosts.some(({ endpoint: { labels } }) => Object.keys(labels).some((key) => selector.includes(key)))) {
      const there = listed(hosts.map(({ endpoint }) => endpoint.name));
      const problem = `selects none of the HostEndpoints ${there}, so that the policy does nothing there`;
      return [{ field, problem, fix: 'use a label that a HostEndpoint bears' }];
    }
    return hosts.length > 0 ? [] : aboutPods(target, world);
  },
};

const OF_PODS = ['namespaceSelector', 'serviceAccountSelector'] as const;

/** Whether hosts, which have no labels of that kind, are left out. */
function isOnlyOfPods(selector: string | undefined): boolean {
  return !CalicoSelector.parse(selector, 'namespaces').matches({ labels: {}, isInNamespace: false });
}

/** Without a HostEndpoint in the input there may be one elsewhere; but pods with the label say what was meant. */
function aboutPods(target: CalicoPolicyFact, world: World): Remark[] {
  const selector = CalicoSelector.parse(text(target.spec.selector));
  const meant = Reach.of(world).endpoints.filter(({ labels }) => selector.matches({ labels, isInNamespace: true }));
  if (selector.isMissing || selector.text === 'all()' || meant.length === 0) return [];
  const flag = target.isUntracked ? 'doNotTrack' : 'preDNAT';
  const problem = `selects the pods of ${listed(meant.map(({ name }) => name))}, and ${flag} does nothing for pods`;
  const fix = target.isUntracked
    ? 'run them in the network of their nodes, and select its HostEndpoint'
    : `remove ${flag}`;
  return [{ field: 'spec.selector', problem, fix }];
}
