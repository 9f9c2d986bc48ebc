import { JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Autoscaling, Manifests, WebApp } from '../../lib';
import { type AppClaim, fold } from '../../lib/app/claims';
import { chartIn, thrown, WEB, web } from '../support/apps';

/** What a later topic does: it decides something about an app that is there already. */
class Scaler extends Construct {
  public replicas: AppClaim['replicas'];
  public constructor(scope: Construct, id: string, app: WebApp, replicas: AppClaim['replicas']) {
    super(scope, id);
    this.replicas = replicas;
    app._claim(() => ({ by: this.node.path, replicas: this.replicas }));
  }
}

const spec = (app: WebApp) => Manifests.of(app).one('Deployment').spec;

test('a claim changes an app that was made and patched before, and the patch stays', () => {
  const { chart } = chartIn();
  const app = web(chart);
  app.patch(JsonPatch.add('/spec/template/spec/hostname', 'web'), JsonPatch.replace('/spec/minReadySeconds', 9));
  expect(spec(app).replicas).toBe(2);
  new Scaler(chart, 'scaler', app, 7);
  expect(spec(app)).toMatchObject({ replicas: 7, minReadySeconds: 9, template: { spec: { hostname: 'web' } } });
});

test('a patch after the claim has the last word', () => {
  const { chart } = chartIn();
  const app = web(chart);
  new Scaler(chart, 'scaler', app, 7);
  app.patch(JsonPatch.replace('/spec/replicas', 8));
  expect(spec(app).replicas).toBe(8);
});

test('a claim is read at each rendering, so that its stage shows', () => {
  const { chart } = chartIn();
  const app = web(chart);
  const scaler = new Scaler(chart, 'scaler', app, 7);
  scaler.replicas = 'released';
  expect(spec(app)).not.toHaveProperty('replicas');
  scaler.replicas = undefined;
  expect(spec(app).replicas).toBe(2);
});

test('two claims on one field are an error that names both, in any order', () => {
  const { chart } = chartIn();
  const message = '[shop/web] replicas: shop/a and shop/b both decide the number of pods; keep one of them';
  const app = web(chart);
  new Scaler(chart, 'b', app, 3);
  expect(thrown(() => new Scaler(chart, 'a', app, 4))).toBe(message);
  expect(spec(app).replicas).toBe(3);
});

test('a claim that appears later is refused at the rendering', () => {
  const { app: root, chart } = chartIn();
  const app = web(chart);
  new Scaler(chart, 'a', app, 3);
  const late = new Scaler(chart, 'b', app, undefined);
  late.replicas = 4;
  expect(thrown(() => root.synthYaml())).toBe(
    'Validation failed with the following errors:\n  [shop/web] findings/object-not-rendered: manifest: replicas: shop/a and shop/b both decide the number of pods; keep one of them',
  );
});

test('the autoscaler of an app is the first to claim', () => {
  const { chart } = chartIn();
  const app = new WebApp(chart, 'web', { ...WEB, autoscaling: Autoscaling.between(2, 5, { cpuPercent: 70 }) });
  expect(thrown(() => new Scaler(chart, 'scaler', app, 3))).toBe(
    '[shop/web] replicas: shop/scaler and the prop autoscaling both decide the number of pods; keep one of them',
  );
});

test('claims fold in any order', () => {
  const one: AppClaim = { by: 'a', replicas: 3 };
  const none: AppClaim = { by: 'b' };
  expect(fold([one, none])).toEqual(fold([none, one]));
  expect(fold([])).toEqual({ replicas: undefined });
});
