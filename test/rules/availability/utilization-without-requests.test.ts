import { utilizationWithoutRequests as rule } from '../../../lib/rules/availability/utilization-without-requests';
import { findingsOf, varied } from '../../support/rules';

test('the message, as a user reads it', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([
    'HorizontalPodAutoscaler web: availability/utilization-without-requests: spec.metrics[0]: cpu in percent of the request, but web requests none, so that the autoscaler does nothing; give web a request of cpu',
  ]);
});

test('a limit alone is the request, too', () => {
  expect(findingsOf(rule, varied(rule.bad, 'requests: { memory', 'limits: { cpu: 1 }, requests: { memory'))).toEqual(
    [],
  );
});

test('every container that runs counts, init containers that end do not', () => {
  const proxy = (restart: string) =>
    varied(
      rule.good,
      'containers: [',
      `initContainers: [{ name: proxy, image: "proxy:1.0"${restart} }]\n      containers: [`,
    );
  expect(findingsOf(rule, proxy(', restartPolicy: Always'))[0]).toContain(
    'but proxy requests none, so that the autoscaler does nothing; give proxy a request of cpu',
  );
  expect(findingsOf(rule, proxy(''))).toEqual([]);
});

const container = (name: string) =>
  varied(
    rule.bad,
    '{ type: Resource, resource: { name: cpu,',
    `{ type: ContainerResource, containerResource: { name: cpu, container: ${name},`,
  );

test('of a container metric only that container counts, and it has to be there', () => {
  const two = varied(
    container('web'),
    'containers: [',
    'containers: [{ name: log, image: "log:1.0", resources: { requests: { cpu: 1m } } }, ',
  );
  expect(findingsOf(rule, two)[0]).toContain('but web requests none');
  expect(findingsOf(rule, varied(two, 'container: web,', 'container: log,'))).toEqual([]);
  expect(findingsOf(rule, container('wev'))[0]).toMatch(
    /spec\.metrics\[0\]: there is no container wev in Deployment web, so that nothing is measured; use one of web$/,
  );
});

test('a target that is not in the input, or whose template is elsewhere, is not judged', () => {
  expect(findingsOf(rule, varied(rule.bad, 'Deployment, name: web', 'Deployment, name: api'))).toEqual([]);
  expect(findingsOf(rule, rule.bad.replace(/containers: \[.*\]/, 'containers: []'))).toEqual([]);
  expect(
    findingsOf(
      rule,
      varied(
        rule.bad,
        'kind: HorizontalPodAutoscaler\nmetadata: { name: web }',
        'kind: HorizontalPodAutoscaler\nmetadata: { name: web, namespace: ops }',
      ),
    ),
  ).toEqual([]);
});

test('null is no request', () => {
  expect(findingsOf(rule, varied(rule.good, 'cpu: 100m', 'cpu: null'))).toHaveLength(1);
  expect(
    findingsOf(rule, varied(rule.good, 'requests: { cpu: 100m }', 'requests: { cpu: null }, limits: { cpu: 1 }')),
  ).toEqual([]);
});

const ofPod = (yaml: string, resources: string) =>
  varied(yaml, '      containers: [', `      resources: ${resources}\n      containers: [`);

test('what the pod requests as a whole counts for the pod, not for a container', () => {
  expect(findingsOf(rule, ofPod(rule.bad, '{ requests: { cpu: 1 } }'))).toEqual([]);
  expect(findingsOf(rule, ofPod(rule.bad, '{ limits: { cpu: 1 } }'))).toEqual([]);
  expect(findingsOf(rule, ofPod(rule.bad, '{ requests: { memory: 1Gi } }'))).toHaveLength(1);
  expect(findingsOf(rule, ofPod(container('web'), '{ requests: { cpu: 1 } }'))).toHaveLength(1);
});
