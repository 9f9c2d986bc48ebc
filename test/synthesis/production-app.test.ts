import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, YamlOutputType } from 'cdk8s';
import { KubernetesVersion, ProductionApp, TargetCluster } from '../../lib';
import { chartIn, thrown, web } from '../support/apps';

test('takes what an App takes, and writes the same files', () => {
  const files = (build: (outdir: string) => App) => {
    const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-patterns-'));
    const app = build(outdir);
    web(new Chart(app, 'shop', { namespace: 'shop' }));
    app.synth();
    return readdirSync(outdir).map((file) => [file, readFileSync(join(outdir, file), 'utf8')]);
  };
  const props = { yamlOutputType: YamlOutputType.FILE_PER_RESOURCE, outputFileExtension: '.yaml' };
  const ours = files((outdir) => new ProductionApp({ ...props, outdir }));
  expect(ours.map(([name]) => name)).toEqual([
    'Deployment.web.yaml',
    'PodDisruptionBudget.web.yaml',
    'Service.web.yaml',
    'ServiceAccount.web.yaml',
  ]);
  expect(ours).toEqual(files((outdir) => new App({ ...props, outdir })));
});

test('the default target is Kubernetes 1.33, and a chart may have its own', () => {
  const { app, chart } = chartIn();
  expect(TargetCluster.find(chart).kubernetes.toString()).toBe('1.33');
  const old = new Chart(app, 'old');
  TargetCluster.of({ kubernetes: KubernetesVersion.V1_27 }).useIn(old);
  expect(web(old).toString()).toBe('old/web');
  expect(app.synthYaml()).toContain('exec:');
});

test('what is added after synth() is refused, since it would be in no file', () => {
  const { app, chart } = chartIn({ outdir: mkdtempSync(join(tmpdir(), 'cdk8s-patterns-')) });
  const checkout = web(chart);
  app.synth();
  expect(thrown(() => checkout.addInitContainer('late', { image: 'late:1', resources: undefined as never }))).toBe(
    '[shop/web] app: its manifests are written already, so that this would be in none; call it before app.synth()',
  );
});
