import { portTakenTwice as rule } from '../../../lib/rules/app/port-taken-twice';
import { findingsOf, varied } from '../../support/rules';

const POD = 'Deployment web: app/port-taken-twice: spec.template.spec.';
const TAKEN = (field: string, port: string, loser: string, owner = 'web') =>
  `${POD}${field}: ${port} belongs to \`${owner}\` already, so that \`${loser}\` cannot listen there; let \`${loser}\` listen on another port`;

test('names both containers', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([TAKEN('containers[1].ports[0]', '8080/TCP', 'proxy')]);
});

const ports = (first: string, second: string) =>
  varied(
    varied(rule.bad, 'image: "web:1.0", ports: [{ containerPort: 8080 }]', `image: "web:1.0", ports: [${first}]`),
    'image: "proxy:1.0", ports: [{ containerPort: 8080 }]',
    `image: "proxy:1.0", ports: [${second}]`,
  );

test('TCP and UDP are apart, and TCP is the default', () => {
  const udp = '{ containerPort: 53, protocol: UDP }';
  expect(findingsOf(rule, ports('{ containerPort: 53 }', udp))).toEqual([]);
  expect(findingsOf(rule, ports(udp, udp))).toEqual([TAKEN('containers[1].ports[0]', '53/UDP', 'proxy')]);
  for (const tcp of ['protocol: TCP', 'protocol: ""', 'protocol: null']) {
    expect(findingsOf(rule, ports(`{ containerPort: 53, ${tcp} }`, '{ containerPort: 53 }'))).toEqual([
      TAKEN('containers[1].ports[0]', '53/TCP', 'proxy'),
    ]);
  }
});

test('names do not matter, numbers do', () => {
  expect(findingsOf(rule, ports('{ name: a, containerPort: 80 }', '{ name: a, containerPort: 81 }'))).toEqual([]);
  expect(findingsOf(rule, ports('{ name: a, containerPort: 80 }', '{ name: b, containerPort: 80 }'))).toHaveLength(1);
});

test('what is no port is not compared', () => {
  expect(findingsOf(rule, ports('{ name: a }', '{ name: a }'))).toEqual([]);
  expect(findingsOf(rule, ports('7', '7'))).toEqual([]);
});

test('a port that one container declares twice is refused for another reason', () => {
  const twice = ports('{ name: a, containerPort: 80 }, { containerPort: 81 }, { name: b, containerPort: 80 }', '');
  expect(findingsOf(rule, twice)).toEqual([
    `${POD}containers[0].ports[2]: 80/TCP is there twice in \`web\`, so that a server-side apply is refused; keep one of them: several ports of a Service may lead to it`,
  ]);
});

test('the first container keeps the port', () => {
  const port = '{ containerPort: 80 }';
  const third = varied(
    ports(port, port),
    '        - { name: proxy',
    '        - { name: b, image: "b:1", ports: [{ containerPort: 80 }] }\n        - { name: proxy',
  );
  expect(findingsOf(rule, third)).toEqual([
    TAKEN('containers[1].ports[0]', '80/TCP', 'b'),
    TAKEN('containers[2].ports[0]', '80/TCP', 'proxy'),
  ]);
});

const init = (always: string) =>
  varied(
    rule.good,
    'containers:\n',
    `initContainers: [{ name: i, image: "i:1", ports: [{ containerPort: 8081 }]${always} }]\n      containers:\n`,
  );

test('a native sidecar shares the network for as long as the app runs, an init container does not', () => {
  expect(findingsOf(rule, init(', restartPolicy: Always'))).toEqual([
    TAKEN('initContainers[0].ports[0]', '8081/TCP', 'i', 'proxy'),
  ]);
  expect(findingsOf(rule, init(''))).toEqual([]);
});

test('two pods have a network each', () => {
  expect(findingsOf(rule, `${rule.good}---${rule.good}`)).toEqual([]);
});
