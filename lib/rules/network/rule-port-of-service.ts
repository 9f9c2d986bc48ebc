// CP-4, for policies of Calico
import {
  type CalicoRule,
  type Endpoint,
  isAmong,
  type MatchedRule,
  Reach,
  type TieredPolicy,
  type World,
} from '../../facts';
import { int, list } from '../../facts/read';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { servingPods } from './calico-snippet';

const policy = (port: number) => `${servingPods('web', 8080)}
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: web }
spec:
  selector: app == 'web'
  types: [Ingress]
  ingress: [{ action: Allow, protocol: TCP, destination: { ports: [${port}] } }]
`;

export const rulePortOfService: RuleOf<'calicoPolicy'> = {
  id: 'network/rule-port-of-service',
  severity: Severity.WARNING,
  appliesTo: 'calicoPolicy',
  since: '0.1.0',
  why: `A request to a Service is sent on to a pod, at the pod's own port, before Calico asks policies of pods. A rule that opens the port of the Service, where the pods listen on another, opens
nothing. Only policies with \`preDNAT\` see the port before that.`,
  sources: ['https://docs.tigera.io/calico/latest/network-policy/services/services-cluster-ips'],
  bad: policy(80),
  good: policy(8080),
  check: (target, world) => {
    const reach = Reach.of(world);
    const own = reach.policyOf(target);
    if (own === undefined) return [];
    return target.rules.flatMap((rule) => {
      if (rule.manifest.action !== 'Allow') return [];
      const listeners = listenersOf(rule, own, reach);
      return list(rule.destination.ports).flatMap((one, index) => {
        const port = int(one);
        const declared = listeners.some(({ workload }) => workload?.pod.ports.some(({ number }) => number === port));
        const hit = declared ? undefined : forwardedOf(port, listeners, world);
        if (hit === undefined || isOpened(hit.number, rule, own, hit.listener, reach)) return [];
        const problem = `${port} is the port of Service ${hit.service}, which sends requests on to port ${hit.number} of ${hit.listener.name}, so that they are denied`;
        const field = `${rule.field}.destination.ports[${index}]`;
        return [{ field, problem, fix: `use ${hit.number}, the port of the pods` }];
      });
    });
  },
};

/** The pods that a rule is about as those who are connected to. */
function listenersOf({ direction, field }: CalicoRule, own: TieredPolicy, reach: Reach): readonly Endpoint[] {
  if (direction === 'ingress') return reach.podsOf(own.object, 'ingress');
  const selects = own.rules.egress?.find((rule) => rule.field === field)?.destination.selects;
  return selects === undefined ? [] : reach.endpoints.filter((one) => one.kind === 'pod' && selects(one));
}

function forwardedOf(port: number | undefined, listeners: readonly Endpoint[], world: World) {
  return listeners.flatMap((listener) => {
    const { workload } = listener;
    if (workload === undefined || world.mesh.isAmbient(workload)) return [];
    return world.servicesOf(workload).flatMap((service) => {
      const found = service.isHeadless ? undefined : service.ports.find(({ number }) => number === port);
      const number = found?.target === undefined ? undefined : workload.pod.portNumber(found.target);
      return number === undefined || number === port ? [] : [{ listener, number, service: service.name }];
    });
  })[0];
}

/** Whether a rule beside this one opens the pods' port. */
function isOpened(number: number, { direction }: CalicoRule, own: TieredPolicy, listener: Endpoint, reach: Reach) {
  const policies = direction === 'ingress' ? reach.policiesOf(listener, 'ingress') : [own];
  return policies.some(({ rules }) => rules[direction]?.some((rule) => covers(rule, number)));
}

function covers({ action, destination: { ports } }: MatchedRule, number: number): boolean {
  return action === 'Allow' && (ports.length === 0 || isAmong(ports, number));
}
