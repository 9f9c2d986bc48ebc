// NET4, CP-4
import {
  type EffectiveRule,
  type NetworkPolicyFact,
  opens,
  type PolicyPort,
  type ServiceFact,
  type WorkloadFact,
  type World,
} from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const policy = (port: number) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: web:1.0
          ports: [{ name: http, containerPort: 8080 }]
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          readinessProbe: { httpGet: { path: /ready, port: http } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: http }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ ports: [{ port: ${port} }] }]
`;

export const policyPortOfService: RuleOf<'policy'> = {
  id: 'network/policy-port-of-service',
  severity: Severity.WARNING,
  appliesTo: 'policy',
  since: '0.1.0',
  why: `A request to a Service is sent on to a pod, at the pod's own port, before policies look at it. So a policy names the ports of pods. One that opens the port of
the Service, where the pods listen on another, drops every request that comes through it.`,
  sources: [
    'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec',
    'https://github.com/opendatahub-io/models-as-a-service/issues/1503',
  ],
  bad: policy(80),
  good: policy(8080),
  check: (target, world) =>
    target.effective.flatMap((rule) => {
      const listeners = world.listenersOf(target, rule);
      return rule.ports.flatMap((port) => {
        if (typeof port.port !== 'number' || port.end !== undefined) return [];
        if (listeners.some(({ pod }) => pod.ports.some(({ number }) => number === port.port))) return [];
        const hit = listeners
          .flatMap((workload) => forwarded(workload, port, world))
          .find((one) => !isOpen(target, rule, port, one, world));
        if (hit === undefined) return [];
        return [
          {
            field: `${port.field}.port`,
            problem: `${port.port} is the port of Service ${hit.service.name}, which sends requests on to port ${hit.number} of ${hit.workload.kind} ${hit.workload.name}, so that they are dropped`,
            fix: `use ${hit.number}, the port of the pods`,
          },
        ];
      });
    }),
};

interface Forwarded {
  readonly workload: WorkloadFact;
  readonly service: ServiceFact;
  /** The port of the pods. */
  readonly number: number;
}

/** Where requests end that Services take on a port of a policy. */
function forwarded(workload: WorkloadFact, port: PolicyPort, world: World): Forwarded[] {
  if (workload.pod.isOnHost || world.mesh.isAmbient(workload)) return [];
  return world.servicesOf(workload).flatMap((service) =>
    service.isHeadless
      ? []
      : service.ports.flatMap(({ number, protocol, target }) => {
          const end = target === undefined ? undefined : workload.pod.portNumber(target);
          const isMeant = number === port.port && protocol === port.protocol;
          return !isMeant || end === undefined ? [] : [{ workload, service, number: end }];
        }),
  );
}

/** Whether any policy lets the requests through: one of the pods that take them, or one of those that send them. */
function isOpen(
  policy: NetworkPolicyFact,
  { direction }: EffectiveRule,
  { protocol }: PolicyPort,
  { workload, number }: Forwarded,
  world: World,
): boolean {
  const names = workload.pod.ports.filter((port) => port.number === number).flatMap(({ name }) => name ?? []);
  const sides = direction === 'ingress' ? [workload] : world.workloadsOf(policy);
  const policies = new Set([policy, ...sides.flatMap((side) => world.policiesOf(side))]);
  return [...policies].some(({ effective }) =>
    effective.some((rule) => rule.direction === direction && opens(rule, protocol, number, names)),
  );
}
