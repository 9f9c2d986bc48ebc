import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { emit, isEmitted } from '../../lib/manifests';
import { thrown } from '../support/apps';

const HEAD = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };

test('keeps fields that no schema knows, given or patched in', () => {
  const object = emit<{ spec: object }>(new Chart(new App(), 'c'), 'Resource', HEAD, { spec: () => ({ brandNew: 1 }) });
  object.addJsonPatch(JsonPatch.add('/spec/newer', { sleep: 5 }));
  expect(object.toJson().spec).toEqual({ brandNew: 1, newer: { sleep: 5 } });
});

test('renders at each call, so that late changes show', () => {
  let value = 1;
  const object = emit<{ data: object }>(new Chart(new App(), 'c'), 'Resource', HEAD, { data: () => ({ value }) });
  expect(object.toJson().data).toEqual({ value: 1 });
  value = 2;
  expect(object.toJson().data).toEqual({ value: 2 });
});

test('an error while rendering is one line with the path of the construct', () => {
  const object = emit<{ data: object }>(new Chart(new App(), 'c'), 'Resource', HEAD, {
    data: () => {
      throw new Error('broken');
    },
  });
  expect(thrown(() => object.toJson())).toBe('[c] broken');
});

test('knows what it emitted from other objects', () => {
  const chart = new Chart(new App(), 'c');
  expect(isEmitted(emit(chart, 'ours', HEAD, {}))).toBe(true);
  expect(isEmitted(new ApiObject(chart, 'theirs', HEAD))).toBe(false);
});
