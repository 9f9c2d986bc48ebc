import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  Findings,
  KubernetesVersion,
  Manifests,
  ProductionApp,
  ProductionValidation,
  Severity,
  TargetCluster,
} from '../../lib';
import { emit } from '../../lib/manifests';
import { chartIn, stderrOf, thrown, web } from '../support/apps';
import { objects } from '../support/rules';

const GRACE =
  'app/grace-too-short: spec.template.spec.terminationGracePeriodSeconds: 12s, but delay 10s + drain 20s need more than 30s, so that the pod is killed while it works; set terminationGracePeriodSeconds to 35 or more; with WebApp: grace: Duration.seconds(35)';

test('an error fails synthesis with the path of the construct, and every error is told at once', () => {
  const { app, chart } = chartIn();
  web(chart, 'web', 12);
  web(chart, 'api', 12);
  expect(thrown(() => app.synthYaml())).toBe(
    `Validation failed with the following errors:\n  [shop/web] ${GRACE}\n  [shop/api] ${GRACE}`,
  );
});

test('a failed synthesis writes nothing', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-patterns-'));
  const { app, chart } = chartIn({ outdir });
  web(chart, 'web', 12);
  expect(() => app.synth()).toThrow('app/grace-too-short');
  expect(readdirSync(outdir)).toEqual([]);
});

test('an app of your own gets the same checks and the target', () => {
  const app = new App();
  ProductionValidation.on(app, { target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_29 }) });
  const chart = new Chart(app, 'shop');
  web(chart, 'web', 12);
  expect(thrown(() => app.synthYaml())).toContain(`[shop/web] ${GRACE}`);
  expect(Manifests.of(chart).one('Deployment').spec.template.spec.containers[0].lifecycle.preStop).toEqual({
    exec: { command: ['sleep', '10'] },
  });
});

test('an app is checked once', () => {
  const app = new ProductionApp();
  expect(() => ProductionValidation.on(app)).toThrow('ProductionValidation.on: the app is checked already');
});

test('objects that are not ours are judged too, and said to be which', () => {
  const { app, chart } = chartIn();
  new ApiObject(chart, 'legacy', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'nginx' },
    spec: { containers: [{ name: 'nginx', image: 'nginx:1.27', lifecycle: { preStop: { sleep: { seconds: 31 } } } }] },
  });
  expect(thrown(() => app.synthYaml())).toContain('[shop/legacy] Pod shop/nginx: app/pre-stop-refused: ');
});

test('a patch is judged as part of the manifest', () => {
  const { app, chart } = chartIn();
  const checkout = web(chart);
  checkout.patch(JsonPatch.replace('/spec/template/spec/terminationGracePeriodSeconds', 12));
  expect(thrown(() => app.synthYaml())).toContain(GRACE);
});

describe('warnings', () => {
  const warn = (app: ProductionApp, chart: Chart) => {
    web(chart).patch(JsonPatch.replace('/spec/minReadySeconds', 0));
    return app;
  };

  test('go to stderr, once per synthesis, and do not fail it', () => {
    const { app, chart } = chartIn();
    new Chart(app, 'other');
    warn(app, chart);
    const lines = stderrOf(() => app.synthYaml());
    expect(lines).toMatch(/^warning \[shop\/web\] app\/rollout-without-settling: spec\.minReadySeconds: .*\n$/);
    expect(lines.match(/rollout-without-settling/g)).toHaveLength(1);
    expect(stderrOf(() => app.synthYaml())).toBe(lines);
  });

  test('fail it where asked', () => {
    const { app, chart } = chartIn({ failOn: Severity.WARNING });
    warn(app, chart);
    expect(thrown(() => app.synthYaml())).toContain('[shop/web] app/rollout-without-settling: ');
    expect(stderrOf(() => expect(() => app.synthYaml()).toThrow())).toBe('');
  });

  test('are silent in Testing.synth, which tests call', () => {
    const { app, chart } = chartIn();
    warn(app, chart);
    expect(stderrOf(() => Testing.synth(chart))).toBe('');
  });
});

describe('acknowledgements in code', () => {
  const writer = (scope: Construct, reason = 'the load balancer drains on its own') => {
    const app = web(scope, 'web', 12);
    Findings.of(app).acknowledge('app/grace-too-short', reason);
    return app;
  };

  test('silence the finding and stand in the YAML of the object', () => {
    const { app, chart } = chartIn();
    writer(chart);
    const [, deployment] = objects(app.synthYaml());
    expect(deployment.metadata.annotations).toEqual({
      'cdk8s-patterns/acknowledge.app.grace-too-short': 'the load balancer drains on its own',
    });
  });

  test('cover everything below the scope, and nothing beside it', () => {
    const { app, chart } = chartIn();
    const other = new Chart(app, 'other');
    web(chart, 'web', 12);
    web(other, 'web', 12);
    Findings.of(chart).acknowledge('app/grace-too-short', 'known');
    expect(thrown(() => app.synthYaml())).toBe(`Validation failed with the following errors:\n  [other/web] ${GRACE}`);
  });

  test('the nearest one counts', () => {
    const { app, chart } = chartIn();
    writer(chart, 'near');
    Findings.of(chart).acknowledge('app/grace-too-short', 'far');
    let yaml = '';
    const lines = stderrOf(() => {
      yaml = app.synthYaml();
    });
    expect(yaml).toContain('grace-too-short: near');
    expect(lines).toContain('[shop] findings/unused-acknowledgement: ');
  });

  test('reach the YAML of objects that are not ours', () => {
    const { app, chart } = chartIn();
    const pod = { containers: [{ name: 'a', image: 'a:1', lifecycle: { preStop: { sleep: { seconds: 31 } } } }] };
    const legacy = new ApiObject(chart, 'legacy', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'job' },
      spec: { template: { spec: pod } },
    });
    Findings.of(legacy).acknowledge('app/pre-stop-refused', 'rewritten by a webhook');
    expect(objects(app.synthYaml())[0].metadata.annotations).toEqual({
      'cdk8s-patterns/acknowledge.app.pre-stop-refused': 'rewritten by a webhook',
    });
  });

  test('one that silences nothing is a finding, and leaves no trace in the YAML', () => {
    const { app, chart } = chartIn();
    Findings.of(web(chart)).acknowledge('app/grace-too-short', 'once');
    Findings.of(chart).acknowledge('app/no-such-rule', 'typed wrong');
    let yaml = '';
    expect(
      stderrOf(() => {
        yaml = app.synthYaml();
      }),
    ).toBe(
      'warning [shop] findings/unused-acknowledgement: Findings.acknowledge: `app/no-such-rule` is accepted, but there is no such rule; remove the call\n' +
        'warning [shop/web] findings/unused-acknowledgement: Findings.acknowledge: `app/grace-too-short` is accepted, but is not found here; remove the call\n',
    );
    expect(yaml).not.toContain('acknowledge');
  });

  test('are taken back from the YAML when the finding has gone', () => {
    const { chart } = chartIn();
    const app = writer(chart);
    expect(JSON.stringify(Testing.synth(chart))).toContain('acknowledge.app.grace-too-short');
    app.patch(JsonPatch.replace('/spec/template/spec/terminationGracePeriodSeconds', 60));
    expect(JSON.stringify(Testing.synth(chart))).not.toContain('acknowledge');
  });

  test.each([
    ['grace', 'why', '`grace` is not the id of a finding; use `<topic>/<defect>` as printed'],
    ['app/grace-too-short', ' ', '`app/grace-too-short` has no reason; say why it is right in this place'],
  ])('refuses %s with reason "%s"', (id, reason, message) => {
    const { chart } = chartIn();
    expect(thrown(() => Findings.of(chart).acknowledge(id, reason))).toBe(`[shop] Findings.acknowledge: ${message}`);
  });

  test('refuses the same id twice in one place', () => {
    const { chart } = chartIn();
    const findings = Findings.of(chart);
    findings.acknowledge('app/grace-too-short', 'why');
    expect(thrown(() => findings.acknowledge('app/grace-too-short', 'why'))).toBe(
      '[shop] Findings.acknowledge: `app/grace-too-short` is acknowledged here already',
    );
  });
});

describe('one pass', () => {
  class Counted extends Construct {
    public renderings = 0;
    public constructor(scope: Construct, id: string) {
      super(scope, id);
      const head = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id } };
      emit<{ data: object }>(this, 'Resource', head, {
        data: () => {
          this.renderings += 1;
          return { key: String(this.renderings) };
        },
      });
    }
  }

  test('renders an object of ours once per synthesis, however many charts there are', () => {
    const { app, chart } = chartIn();
    const counted = new Counted(chart, 'one');
    for (const id of ['b', 'c', 'd']) new Counted(new Chart(app, id), id);
    expect(objects(app.synthYaml())[0].data).toEqual({ key: '1' });
    expect(counted.renderings).toBe(1);
    app.synthYaml();
    expect(counted.renderings).toBe(2);
  });

  test('keeps nothing outside of a synthesis: each call is a new pass', () => {
    const { chart } = chartIn();
    const app = web(chart);
    expect(Testing.synth(chart)[1].spec.minReadySeconds).toBe(5);
    app.patch(JsonPatch.replace('/spec/minReadySeconds', 7));
    expect(Testing.synth(chart)[1].spec.minReadySeconds).toBe(7);
  });

  test('is repeated for a second synthesis, so that a mended app passes', () => {
    const { app, chart } = chartIn();
    const checkout = web(chart, 'web', 12);
    expect(() => app.synthYaml()).toThrow('app/grace-too-short');
    checkout.patch(JsonPatch.replace('/spec/template/spec/terminationGracePeriodSeconds', 60));
    expect(() => app.synthYaml()).not.toThrow();
  });
});

describe('an object that cannot be rendered', () => {
  test('is a finding of its own, and the others are judged all the same', () => {
    const { app, chart } = chartIn();
    const checkout = web(chart, 'web');
    checkout.patch(JsonPatch.replace('/spec/template/spec/containers/3/image', 'web:2'));
    web(chart, 'api', 12);
    const message = thrown(() => app.synthYaml());
    expect(message.split('\n')).toEqual([
      'Validation failed with the following errors:',
      '  [shop/web] findings/object-not-rendered: manifest: patch: replace /spec/template/spec/containers/3/image: there is no /spec/template/spec/containers/3/image in this form of the manifest; compare it with the manifest as it is written',
      `  [shop/api] ${GRACE}`,
    ]);
  });
});

test('Testing.synth is refused by an error of any chart, as cdk8s does', () => {
  const { app, chart } = chartIn();
  web(chart, 'web', 12);
  expect(thrown(() => Testing.synth(new Chart(app, 'empty')))).toContain(GRACE);
});

test('findings() gives them as data, with the construct', () => {
  const app = new App();
  const validation = ProductionValidation.on(app);
  web(new Chart(app, 'shop'), 'web', 12);
  expect(validation.findings()).toEqual([
    {
      id: 'app/grace-too-short',
      severity: Severity.ERROR,
      object: { apiVersion: 'apps/v1', kind: 'Deployment', inNamespace: undefined, name: 'web' },
      field: 'spec.template.spec.terminationGracePeriodSeconds',
      problem: '12s, but delay 10s + drain 20s need more than 30s, so that the pod is killed while it works',
      fix: 'set terminationGracePeriodSeconds to 35 or more; with WebApp: grace: Duration.seconds(35)',
      acknowledged: undefined,
      constructPath: 'shop/web',
    },
  ]);
});

test('cdk8s-plus objects pass through unchanged', () => {
  const build = (app: App) => {
    new kplus.ConfigMap(new Chart(app, 'c'), 'config', { data: { a: 'b' } });
    return app.synthYaml();
  };
  expect(build(new ProductionApp())).toBe(build(new App()));
});
