// CT-2
import type { CalicoRule } from '../../facts';
import { canonical, list } from '../../facts/read';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { globalPolicy } from './calico-snippet';

const untracked = (egress: string) =>
  globalPolicy(`  doNotTrack: true
  applyOnForward: true
  types: [Ingress, Egress]
  ingress: [{ action: Allow, protocol: TCP, source: { selector: "role == 'client'" }, destination: { ports: [11211] } }]
${egress}`);

export const untrackedWithoutMirror: RuleOf<'calicoPolicy'> = {
  id: 'network/untracked-without-mirror',
  severity: Severity.WARNING,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `An answer gets through because its connection is known. Where connections are not tracked, an answer is a packet like any other, and is dropped unless a rule
allows it: from the port of the server, to those that were allowed in. Each rule of an untracked policy needs its mirror.`,
  sources: ['https://docs.tigera.io/calico/latest/network-policy/extreme-traffic/high-connection-workloads'],
  bad: untracked(''),
  good: untracked(
    `  egress: [{ action: Allow, protocol: TCP, source: { ports: [11211] }, destination: { selector: "role == 'client'" } }]\n`,
  ),
  check: (target) => {
    if (!target.isUntracked) return [];
    const allowing = target.rules.filter(({ manifest }) => manifest.action === 'Allow');
    return allowing.flatMap((rule) => {
      if (allowing.some((other) => isMirror(rule, other))) return [];
      const [here, there] = rule.direction === 'ingress' ? ['arrives', 'egress'] : ['leaves', 'ingress'];
      const problem = `allows what ${here}, and no rule of ${there} allows the answers, which nobody knows to belong to it`;
      const fix = `add to ${there} the same rule with source and destination exchanged: ${mirrored(rule)}`;
      return [{ field: rule.field, problem, fix }];
    });
  },
};

/** Whether one allows the answers to the other: both ends exchanged. */
function isMirror(one: CalicoRule, other: CalicoRule): boolean {
  const hasSame = (key: string) => canonical(one.manifest[key]) === canonical(other.manifest[key]);
  return (
    one.direction !== other.direction &&
    ['protocol', 'notProtocol', 'ipVersion'].every(hasSame) &&
    canonical(one.source) === canonical(other.destination) &&
    canonical(one.destination) === canonical(other.source)
  );
}

function mirrored({ manifest, source, destination }: CalicoRule): string {
  const port = list(destination.ports).concat(list(source.ports))[0];
  const named = port === undefined ? '' : `, with ports [${String(port)}, ...] on the other side`;
  const protocol = manifest.protocol === undefined ? '' : `protocol: ${String(manifest.protocol)}, `;
  return `{ action: Allow, ${protocol}source: <destination>, destination: <source> }${named}`;
}
