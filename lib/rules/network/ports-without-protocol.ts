// CP-5
import { list, text } from '../../facts/read';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const policy = (protocol: string) => `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: web }
spec:
  selector: app == 'web'
  types: [Ingress]
  ingress: [{ action: Allow, ${protocol}destination: { ports: [8080] } }]
`;

const WITH_PORTS: readonly string[] = ['TCP', 'UDP', 'SCTP', '6', '17', '132'];
const FIELDS = ['ports', 'notPorts'] as const;

export const portsWithoutProtocol: RuleOf<'calicoPolicy'> = {
  id: 'network/ports-without-protocol',
  severity: Severity.ERROR,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `A port is one of TCP, UDP or SCTP. Kubernetes takes TCP where a policy does not say it; Calico takes nothing, and refuses the policy when it is stored.
A dry run takes it.`,
  sources: ['https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#rule'],
  bad: policy(''),
  good: policy('protocol: TCP, '),
  check: ({ rules }) =>
    rules.flatMap(({ field, manifest, source, destination }) => {
      const protocol = text(manifest.protocol) ?? String(manifest.protocol);
      if (WITH_PORTS.includes(protocol.toUpperCase())) return [];
      const written = Object.entries({ source, destination }).flatMap(([end, entity]) =>
        FIELDS.filter((one) => list(entity[one]).length > 0).map((one) => `${field}.${end}.${one}`),
      );
      const said = manifest.protocol === undefined ? 'no protocol' : `protocol ${protocol}, which has none`;
      const problem = `names ports with ${said}, so that Calico refuses the policy`;
      return written.slice(0, 1).map((at) => ({ field: at, problem, fix: 'use protocol: TCP' }));
    }),
};
