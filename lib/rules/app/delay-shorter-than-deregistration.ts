// SD-7
import type { RouteFact, ServiceFact, World } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
const ALB = 'alb.ingress.kubernetes.io/';
const DEFAULT_SECONDS = 300;

const behindBalancer = (delay: number) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 90
      containers:
        - name: web
          image: web:1.0
          ports: [{ containerPort: 8080 }]
          lifecycle: { preStop: { sleep: { seconds: ${delay} } } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
---
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip
    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: deregistration_delay.timeout_seconds=60
spec:
  type: LoadBalancer
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
`;

export const delayShorterThanDeregistration: RuleOf<'workload'> = {
  id: 'app/delay-shorter-than-deregistration',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `A load balancer that knows the addresses of the pods has a list of its own. It takes an address off that list only after
the deregistration delay, 300 seconds unless somebody says otherwise, and until then open connections go on. A pod that stops
earlier breaks them off. Either the pod waits as long, or the delay is made as short as the longest request.`,
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/',
  ],
  bad: behindBalancer(5),
  good: behindBalancer(60),
  check: (workload, world) =>
    world.served(workload).flatMap(({ container, services }) => {
      const [slowest] = services.flatMap((one) => balancers(one, world)).sort((a, b) => b.seconds - a.seconds);
      const { delay } = container;
      if (slowest === undefined || delay === undefined || delay >= slowest.seconds) return [];
      return [
        {
          field: `${container.field}.lifecycle.preStop`,
          problem: `a delay of ${delay}s, but the load balancer of ${slowest.name} lets go of the pod after ${slowest.seconds}s, so that open connections break`,
          fix: `let preStop sleep ${slowest.seconds} s (with WebApp: delay: Duration.seconds(${slowest.seconds})), or lower deregistration_delay.timeout_seconds`,
        },
      ];
    }),
};

interface Balancer {
  readonly name: string;
  readonly seconds: number;
}

function balancers(service: ServiceFact, world: World): Balancer[] {
  const found = [ofService(service), ...world.routesOf(service).map((route) => ofIngress(route, service))];
  return found.filter((balancer) => balancer !== undefined);
}

function ofService(service: ServiceFact): Balancer | undefined {
  if (service.spec.type !== 'LoadBalancer') return undefined;
  const target = service.annotations[`${NLB}nlb-target-type`];
  const written = deregistration(service.annotations[`${NLB}target-group-attributes`]);
  const seconds = written ?? (target === 'ip' ? DEFAULT_SECONDS : undefined);
  return target === 'instance' || seconds === undefined ? undefined : { name: `Service ${service.name}`, seconds };
}

/** The controller reads these annotations on the Ingress and on the Service, whose word counts more. */
function ofIngress(route: RouteFact, service: ServiceFact): Balancer | undefined {
  const annotations = { ...route.annotations, ...service.annotations };
  if (route.kind !== 'Ingress' || annotations[`${ALB}target-type`] !== 'ip') return undefined;
  const seconds = deregistration(annotations[`${ALB}target-group-attributes`]) ?? DEFAULT_SECONDS;
  return { name: `Ingress ${route.name}`, seconds };
}

function deregistration(attributes = ''): number | undefined {
  const match = /(?:^|,)\s*deregistration_delay\.timeout_seconds\s*=\s*(\d+)/.exec(attributes);
  return match ? Number(match[1]) : undefined;
}
