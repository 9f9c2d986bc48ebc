import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as p from '../../lib';
import { chartIn, thrown } from '../support/apps';
import { SIDE, TASK } from '../support/parts';

const make = (props: Partial<p.BatchTaskProps> = {}, target: p.TargetClusterProps = {}) =>
  new p.BatchTask(chartIn({ target: p.TargetCluster.of(target) }).chart, 'report', { ...TASK, ...props });
const emitted = (task: p.BatchTask) =>
  Testing.synth(Chart.of(task)).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
const nightly = { schedule: '0 3 * * *' };

test.each<[string, Partial<p.BatchTaskProps>, string[]]>([
  ['once: a Job', {}, ['ServiceAccount report', 'Job report']],
  ['by the clock: a CronJob', nightly, ['ServiceAccount report', 'CronJob report']],
  ['with an account of your own: no other', { serviceAccount: 'robot' }, ['Job report']],
])('emits %s', (_, props, objects) => {
  expect(emitted(make(props))).toEqual(objects);
});

test('has no finding, once and by the clock', () => {
  expect(p.Manifests.of(make()).findings()).toEqual([]);
  expect(p.Manifests.of(make(nightly)).findings()).toEqual([]);
});

test('the Jobs of a CronJob bear the labels of the task', () => {
  const task = make({ ...nightly, labels: { owner: 'me' } });
  const { metadata, spec } = p.Manifests.of(task).one('CronJob');
  expect(spec.jobTemplate.metadata.labels).toEqual(metadata.labels);
  expect(metadata.labels).toMatchObject({ owner: 'me', 'app.kubernetes.io/name': 'report' });
});

test('a sidecar lets it end, and patches and containers that come later are all there', () => {
  const task = make();
  task.patch(JsonPatch.add('/spec/suspend', true));
  task.patchContainer('report', JsonPatch.add('/tty', true));
  task.addSidecar(p.Sidecar.of('proxy', SIDE));
  const { spec } = p.Manifests.of(task).one('Job');
  expect(spec).toMatchObject({
    suspend: true,
    template: {
      spec: {
        restartPolicy: 'Never',
        initContainers: [{ name: 'proxy', restartPolicy: 'Always' }],
        containers: [{ name: 'report', tty: true }],
      },
    },
  });
});

test('patches on containers reach the template of a CronJob', () => {
  const task = make(nightly);
  task.patchContainer('report', JsonPatch.replace('/image', 'report:2'));
  const { spec } = p.Manifests.of(task).one('CronJob');
  expect(spec.jobTemplate.spec.template.spec.containers[0].image).toBe('report:2');
});

test('ApiObject.of gives the Job or the CronJob', () => {
  expect([ApiObject.of(make()).kind, ApiObject.of(make(nightly)).kind]).toEqual(['Job', 'CronJob']);
});

test('a patch on the wrong form is one line with the path of the construct', () => {
  const task = make(nightly);
  task.patch(JsonPatch.replace('/spec/template/spec/restartPolicy', 'OnFailure'));
  expect(thrown(() => p.Manifests.of(task))).toBe(
    '[shop/report] patch: replace /spec/template/spec/restartPolicy: there is no /spec/template/spec/restartPolicy in this form of the manifest; compare it with the manifest as it is written',
  );
});

test('a NetworkPolicy of cdk8s-plus takes it as a peer', () => {
  const task = make();
  const policy = new kplus.NetworkPolicy(Chart.of(task), 'policy', { selector: task });
  policy.addEgressRule(task);
  expect(p.Manifests.of(policy).one('NetworkPolicy').spec).toMatchObject({
    podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'report' } },
    egress: [{ to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'report' } } }] }],
  });
  expect(task.toPodSelector()).toBe(task);
});

test('an error in the props has the path of the construct', () => {
  expect(thrown(() => make({ schedule: 'often' }))).toBe(
    "[shop/report] schedule: `often` is not in cron format; use '0 3 * * *' for every night at three",
  );
});
