// HE-8
import { int, list } from '../../facts/read';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import { NODE_PORTS } from '../../values/bounds';
import type { RuleOf } from '../rule';
import { closedNodePort } from './calico-snippet';

const guarded = (nodePort: string) => `${closedNodePort("role == 'edge'")}---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080${nodePort} }]
`;

export const nodePortNotFixed: RuleOf<'calicoPolicy'> = {
  id: 'network/node-port-not-fixed',
  severity: Severity.WARNING,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `A Service that does not say its NodePort gets one by chance, and another one when it is made anew. A policy that names a NodePort then closes a port that nobody uses, while the one that
is used is open to everybody.`,
  sources: ['https://docs.tigera.io/calico/latest/network-policy/services/kubernetes-node-ports'],
  bad: guarded(''),
  good: guarded(', nodePort: 31852'),
  check: (target, world) => {
    if (!target.isBeforeDnat) return [];
    const exposed = world.services.filter(({ spec }) => spec.type === 'NodePort' || spec.type === 'LoadBalancer');
    const taken = exposed.flatMap(({ ports }) => ports.flatMap(({ nodePort }) => nodePort ?? []));
    const open = exposed.filter(({ ports }) => ports.some(({ nodePort }) => nodePort === undefined));
    if (open.length === 0) return [];
    return target.rules.flatMap(({ field, destination }) =>
      list(destination.ports).flatMap((one, index) => {
        const port = int(one);
        if (port === undefined || port < NODE_PORTS.min || port > NODE_PORTS.max || taken.includes(port)) return [];
        const names = listed(open.map(({ namespace, name }) => `${namespace}/${name}`));
        const problem = `no Service has NodePort ${port}, and ${names} get theirs by chance`;
        return [{ field: `${field}.destination.ports[${index}]`, problem, fix: `give the Service nodePort: ${port}` }];
      }),
    );
  },
};
