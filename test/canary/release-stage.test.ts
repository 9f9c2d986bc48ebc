import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { Duration, JsonPatch } from 'cdk8s';
import * as p from '../../lib';
import { thrown } from '../support/apps';
import { CANDIDATE, pause, released, successGate, weight } from '../support/releases';
import { objects } from '../support/rules';

const run = promisify(execFile);

test('the stages of a release, in their order, each with all objects', () => {
  const { release } = released('istio');
  const stages = release.stages();
  expect(stages.map(({ name }) => name)).toEqual([
    'stable',
    'prepared',
    'step-1',
    'step-2',
    'step-3',
    'promoting',
    'promoted',
    'aborted',
  ]);
  const names = stages.map(({ yaml }) => objects(yaml).map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  for (const one of names) expect(one).toEqual(names[0]);
});

test('a stage is what synth writes for it', () => {
  const { release } = released('gatewayApi');
  for (const [index, stage] of [p.CanaryStage.stable(), p.CanaryStage.prepared(), p.CanaryStage.step(1)].entries()) {
    const { app } = released('gatewayApi', { release: { stage } });
    expect(release.stages()[index]?.yaml).toBe(app.synthYaml());
  }
});

test('after all stages the release is at its own again', () => {
  const { app, release } = released('istio', { release: { stage: p.CanaryStage.step(1) } });
  const before = app.synthYaml();
  expect(released('istio').release.stages().length).toBe(8);
  release.stages();
  expect(app.synthYaml()).toBe(before);
});

test('where pods make the share, the version whose pods become more goes first', () => {
  const { release } = released('replicaRatio');
  const first = release.stages().map(({ name, firstYaml }) => [name, firstYaml && objects(firstYaml)[0].metadata.name]);
  expect(Object.fromEntries(first)).toEqual({
    stable: undefined,
    prepared: undefined,
    'step-1': 'web-canary',
    'step-2': 'web-canary',
    'step-3': 'web-canary',
    promoting: 'web',
    promoted: undefined,
    aborted: 'web',
  });
});

test('actions come as data and as scripts', () => {
  const { release } = released('istio');
  const [, , one, two] = release.stages();
  expect(one?.actions.map(({ kind }) => kind)).toEqual([p.StageActionKind.PAUSE, p.StageActionKind.GATE]);
  expect(one?.actions[0]).toEqual({ kind: 'pause', pauseSeconds: 600, gates: [], script: '#!/bin/sh\nsleep 600\n' });
  expect(one?.actions[1]?.gates[0]).toEqual({
    name: 'success-rate',
    query:
      '100 * sum(rate(istio_requests_total{reporter="destination",destination_workload="web-canary",destination_workload_namespace="shop",response_code!~"5.*"}[600s])) / sum(rate(istio_requests_total{reporter="destination",destination_workload="web-canary",destination_workload_namespace="shop"}[600s]))',
    address: 'http://prometheus.monitoring:9090',
    good: { min: 99.5 },
    windowSeconds: 600,
  });
  expect(two?.actions[2]?.kind).toBe('approval');
});

test('a stage with an error is refused by name', () => {
  const { release, web } = released('istio');
  web.patch(JsonPatch.replace('/spec/template/spec/terminationGracePeriodSeconds', 3));
  expect(thrown(() => release.stages())).toMatch(
    /^\[shop\/web-release\] stage stable:\n {2}Deployment shop\/web: app\/pre-stop-refused: /,
  );
});

test('a controller walks its plan alone', () => {
  expect(thrown(() => released('argoRollouts').release.stages())).toBe(
    '[shop/web-release] stages: the controller of argoRollouts walks the plan, and all of it is in the manifests; apply what synth writes',
  );
});

describe('the script of a gate', () => {
  let server: Server;
  let answer: { readonly status: number; readonly body: string };
  let asked: string[];
  let address: string;

  beforeAll((done) => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
      response.writeHead(answer.status).end(answer.body);
    }).listen(0, '127.0.0.1', () => {
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  afterAll((done) => {
    server.close(done);
  });
  beforeEach(() => {
    asked = [];
  });

  const value = (text: string) => ({
    status: 200,
    body: `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1700000000.1,"${text}"]}]}}`,
  });
  const NOTHING = { status: 200, body: '{"status":"success","data":{"resultType":"vector","result":[]}}' };

  async function ended(...gates: p.Gate[]): Promise<string> {
    const plan = p.CanaryPlan.of(weight(25), pause(10), p.CanaryStep.gate(...gates), weight(100));
    const { release } = released('istio', { target: { prometheus: address }, release: { plan } });
    const action = release.stages()[2]?.actions.find(({ kind }) => kind === 'gate');
    return run('sh', ['-c', action?.script ?? 'exit 9']).then(
      ({ stdout }) => `0 ${stdout}`,
      ({ code, stderr, stdout }) => `${code} ${stdout}${stderr}`,
    );
  }

  test.each([
    ['99.5', '0 gate success-rate: 99.5, at least 99.5 is needed\n'],
    ['100', '0 gate success-rate: 100, at least 99.5 is needed\n'],
    ['99.49', '1 gate success-rate: 99.49, and at least 99.5 is needed\n'],
    ['NaN', '1 gate success-rate: NaN, and at least 99.5 is needed\n'],
    ['+Inf', '1 gate success-rate: +Inf, and at least 99.5 is needed\n'],
    ['1e2', '0 gate success-rate: 1e2, at least 99.5 is needed\n'],
  ])('says of %s whether it is enough', async (text, output) => {
    answer = value(text);
    expect(await ended(p.Gate.successRate(99.5))).toBe(output);
    expect(asked[0]).toMatch(/^GET \/api\/v1\/query\?query=100/);
  });

  test('fails without data, unless the gate says otherwise', async () => {
    answer = NOTHING;
    expect(await ended(p.Gate.successRate(99.5))).toBe('1 gate success-rate: no data, and at least 99.5 is needed\n');
    expect(await ended(p.Gate.successRate(99.5, { passesWithoutData: true }))).toMatch(/^0 /);
  });

  test('fails where Prometheus cannot answer, also a gate that passes without data', async () => {
    answer = { status: 503, body: '' };
    expect(await ended(p.Gate.successRate(99.5, { passesWithoutData: true }))).not.toMatch(/^0 /);
  });

  test('asks all gates, the first failure ends it', async () => {
    answer = value('450');
    const slow = p.Gate.latency(p.Quantile.P99, Duration.millis(400));
    expect(await ended(slow, p.Gate.query('late', 'up', { min: 1 }))).toBe(
      '1 gate latency-p99: 450, and at most 400 is needed\n',
    );
    expect(asked.length).toBe(1);
  });

  test('a query with quotes arrives as it was written', async () => {
    answer = value('1');
    const query = `sum(up{job='it''s', path="/a b"}) > 0`;
    expect(await ended(p.Gate.query('quoted', query, { min: 0, max: 1 }))).toMatch(/^0 /);
    expect(asked[0]?.replaceAll('+', ' ')).toBe(`GET /api/v1/query?query=${query}`);
  });

  test('a webhook decides by its status', async () => {
    answer = { status: 204, body: '' };
    expect(await ended(p.Gate.webhook('smoke', `${address}/smoke`))).toBe('0 gate smoke: passed\n');
    expect(asked).toEqual(['POST /smoke']);
    answer = { status: 500, body: '' };
    expect(await ended(p.Gate.webhook('smoke', `${address}/smoke`))).toMatch(/^1 .*gate smoke: refused\n$/s);
  });
});

test('a release that ends nowhere but at 100 % has the new image on both sides', () => {
  const { release } = released('replicaRatio', {
    release: { plan: p.CanaryPlan.of(weight(50), pause(10), successGate(), weight(100)) },
  });
  const last = objects(release.stages().find(({ name }) => name === 'promoted')?.yaml ?? '');
  const [stable, candidate] = last.filter(({ kind }) => kind === 'Deployment');
  expect([stable.spec.replicas, candidate.spec.replicas]).toEqual([20, 0]);
  for (const { spec } of [stable, candidate]) expect(spec.template.spec.containers[0].image).toBe(CANDIDATE);
});
