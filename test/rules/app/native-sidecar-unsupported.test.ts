import { nativeSidecarUnsupported as rule } from '../../../lib/rules/app/native-sidecar-unsupported';
import { findingsOf, varied } from '../../support/rules';

const line = (name: string, index = 0, version = '1.28') =>
  `Deployment web: app/native-sidecar-unsupported: spec.template.spec.initContainers[${index}].restartPolicy: Always needs Kubernetes 1.29 or newer, the target is ${version}, which drops it, so that the pod waits for ever for \`${name}\` to end; move \`${name}\` to containers; with WebApp: addSidecar(Sidecar.of('${name}', ...))`;

test('says from when on it works', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line('log')]);
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.27' })).toEqual([line('log', 0, '1.27')]);
});

test('1.29 has it, and so has the target of which nothing is said', () => {
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.29' })).toEqual([]);
  expect(findingsOf(rule, rule.bad, {})).toEqual([]);
});

test('an init container that ends is known to every release', () => {
  expect(findingsOf(rule, varied(rule.bad, ', restartPolicy: Always', ''))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'restartPolicy: Always', 'restartPolicy: Never'))).toEqual([]);
});

test('each sidecar is named', () => {
  const two = varied(
    rule.bad,
    'initContainers: [',
    'initContainers: [{ name: a, image: "a:1" }, { name: net, image: "net:1.0", restartPolicy: Always }, ',
  );
  expect(findingsOf(rule, two)).toEqual([line('net', 1), line('log', 2)]);
});
