import { delayShorterThanDeregistration as rule } from '../../../lib/rules/app/delay-shorter-than-deregistration';
import { findingsOf, varied } from '../../support/rules';

const line = (delay: number, balancer: string, seconds: number) =>
  `DaemonSet web: app/delay-shorter-than-deregistration: spec.template.spec.containers[0].lifecycle.preStop: a delay of ${delay}s, but the load balancer of ${balancer} lets go of the pod after ${seconds}s, so that open connections break; let preStop sleep ${seconds} s (with WebApp: delay: Duration.seconds(${seconds})), or lower deregistration_delay.timeout_seconds`;

test('says both delays and whose load balancer it is', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line(5, 'Service web', 60)]);
});

const TARGET = '    service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip\n';
const ATTRIBUTES =
  '    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: deregistration_delay.timeout_seconds=60\n';

test('a delay of the same length is enough, one second less is not', () => {
  expect(findingsOf(rule, varied(rule.bad, 'sleep: { seconds: 5 }', 'sleep: { seconds: 59 }'))).toHaveLength(1);
  expect(findingsOf(rule, varied(rule.bad, 'sleep: { seconds: 5 }', 'sleep: { seconds: 60 }'))).toEqual([]);
});

test('a missing hook is a delay of 0 seconds, an unreadable one is not judged', () => {
  expect(findingsOf(rule, varied(rule.bad, 'preStop: { sleep: { seconds: 5 } }', ''))).toEqual([
    line(0, 'Service web', 60),
  ]);
  const unreadable = 'exec: { command: [sh, -c, "sleep $DELAY"] }';
  expect(findingsOf(rule, varied(rule.bad, 'sleep: { seconds: 5 }', unreadable))).toEqual([]);
});

test('a missing attribute is 300 seconds where pods are the targets', () => {
  const absent = varied(rule.bad, ATTRIBUTES, '');
  expect(findingsOf(rule, absent)).toEqual([line(5, 'Service web', 300)]);
  expect(findingsOf(rule, varied(absent, TARGET, '    a: b\n'))).toEqual([]);
  const others = varied(rule.bad, 'deregistration_delay.timeout_seconds=60', 'stickiness.enabled=true');
  expect(findingsOf(rule, others)).toEqual([line(5, 'Service web', 300)]);
  expect(findingsOf(rule, varied(others, TARGET, ''))).toEqual([]);
});

test('the attribute is proof without the target type, but not where nodes are the targets', () => {
  expect(findingsOf(rule, varied(rule.bad, TARGET, ''))).toEqual([line(5, 'Service web', 60)]);
  expect(findingsOf(rule, varied(rule.bad, 'type: ip', 'type: instance'))).toEqual([]);
});

test.each([
  ['a=b,deregistration_delay.timeout_seconds=20', [20]],
  ['"a=b, deregistration_delay.timeout_seconds = 120 ,c=d"', [120]],
  ['deregistration_delay.timeout_seconds=5', []],
  ['deregistration_delay.timeout_seconds=6', [6]],
  ['deregistration_delay.timeout_seconds=0', []],
  ['x.deregistration_delay.timeout_seconds=20', [300]],
  ['deregistration_delay-timeout_seconds=20', [300]],
  ['deregistration_delay.timeout_seconds=soon', [300]],
])('attributes %s: %j', (attributes, seconds) => {
  const yaml = varied(rule.bad, 'deregistration_delay.timeout_seconds=60', attributes);
  expect(findingsOf(rule, yaml)).toEqual(seconds.map((n) => line(5, 'Service web', n)));
});

test('a Service of another type has no load balancer', () => {
  expect(findingsOf(rule, varied(rule.bad, 'type: LoadBalancer', 'type: ClusterIP'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, '  type: LoadBalancer\n', ''))).toEqual([]);
});

test('a Service that selects other pods, or leads to another port, does not matter', () => {
  expect(findingsOf(rule, varied(rule.bad, 'selector: { app: web }\n', 'selector: { app: other }\n'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'targetPort: 8080', 'targetPort: admin'))).toEqual([]);
});

const ingress = (annotations: string, kind = 'networking.k8s.io/v1\nkind: Ingress', namespace = 'default') => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0", lifecycle: { preStop: { sleep: { seconds: 5 } } } }]
---
apiVersion: v1
kind: Service
metadata: { name: web, annotations: {} }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: ${kind}
metadata: { name: entry, namespace: ${namespace}, annotations: ${annotations} }
spec:
  defaultBackend: { service: { name: web, port: { number: 80 } } }
  rules: [{ backendRefs: [{ name: web, port: 80 }] }]
`;
const IP = 'alb.ingress.kubernetes.io/target-type: ip';
const OF = (seconds: number) =>
  `alb.ingress.kubernetes.io/target-group-attributes: deregistration_delay.timeout_seconds=${seconds}`;

test('an Ingress may have the load balancer', () => {
  expect(findingsOf(rule, ingress(`{ ${IP}, ${OF(30)} }`))).toEqual([line(5, 'Ingress entry', 30)]);
  expect(findingsOf(rule, ingress(`{ ${IP}, ${OF(5)} }`))).toEqual([]);
  expect(findingsOf(rule, ingress(`{ ${IP} }`))).toEqual([line(5, 'Ingress entry', 300)]);
});

test('an Ingress targets nodes unless it says otherwise', () => {
  expect(findingsOf(rule, ingress(`{ ${OF(30)} }`))).toEqual([]);
  expect(findingsOf(rule, ingress(`{ ${OF(30)}, alb.ingress.kubernetes.io/target-type: instance }`))).toEqual([]);
});

test('an Ingress in another namespace, or a route of another kind, does not matter', () => {
  expect(findingsOf(rule, ingress(`{ ${IP} }`, undefined, 'ops'))).toEqual([]);
  expect(findingsOf(rule, ingress(`{ ${IP} }`, 'gateway.networking.k8s.io/v1\nkind: HTTPRoute'))).toEqual([]);
});

test("the Service's word counts more than that of the Ingress", () => {
  const both = varied(ingress(`{ ${IP}, ${OF(30)} }`), 'annotations: {} }', `annotations: { ${OF(40)} } }`);
  expect(findingsOf(rule, both)).toEqual([line(5, 'Ingress entry', 40)]);
});

test('of several load balancers the slowest counts', () => {
  const entry = (name: string, seconds: number) => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${IP}, ${OF(seconds)} } }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;
  expect(findingsOf(rule, rule.bad + entry('fast', 20) + entry('slow', 90) + entry('middle', 70))).toEqual([
    line(5, 'Ingress slow', 90),
  ]);
});
