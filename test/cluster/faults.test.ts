import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { api, Namespace, until } from './support/cluster';
import { found } from './support/parts';
import { CORDONED_BY, RUN_LABEL } from './support/run';

const folder = mkdtempSync(join(tmpdir(), 'cluster-faults-'));
const namespace = Namespace.forThisFile('faults', 'privileged');

test('without KUBECONFIG one line says what is missing', async () => {
  expect(await suite({ KUBECONFIG: '' })).toEqual({
    code: 2,
    said: 'no cluster test was run: KUBECONFIG is not set: it names the file with the cluster to write to; docs/cluster-tests.md says how to get one',
  });
});

test('a file that is not there is told, and a mutation that there is not', async () => {
  expect((await suite({ KUBECONFIG: '/nowhere' })).said).toContain('KUBECONFIG names /nowhere, which is not there');
  expect((await suite({ MUTATION: 'no-dealy' })).said).toContain('MUTATION=no-dealy is none of no-delay, short-grace');
});

test('without kubectl one line says so', async () => {
  const { code, said } = await suite({ PATH: folder });
  expect([code, said]).toEqual([2, expect.stringContaining('no cluster test was run: kubectl is not on the PATH')]);
});

test('a server that is away is told', async () => {
  const { code, said } = await suite({ KUBECONFIG: kubeconfig('http://127.0.0.1:9') });
  expect([code, said]).toEqual([2, expect.stringMatching(/the server does not answer: .*connection refused/)]);
});

test('a server that says nothing is given up after half a minute', async () => {
  const { code, said } = await withServer(
    () => undefined,
    (url) => suite({ KUBECONFIG: kubeconfig(url) }),
  );
  expect([code, said]).toEqual([
    2,
    expect.stringContaining('the server does not answer: GET /version: no answer within 30 s'),
  ]);
});

test.each(['v1.26.9', 'v1.38.0'])('a server of %s is told with the versions that are known', async (gitVersion) => {
  const answer: RequestListener = (_, response) => response.end(JSON.stringify({ gitVersion }));
  const { code, said } = await withServer(answer, (url) => suite({ KUBECONFIG: kubeconfig(url) }));
  expect([code, said]).toEqual([2, expect.stringContaining(`\`${gitVersion}\` is outside 1.27 to 1.37`)]);
});

test('a cluster that may only be read is told', async () => {
  await namespace.apply([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader' } }]);
  const path = `/api/v1/namespaces/${namespace.name}/serviceaccounts/reader/token`;
  const { status } = await api.must('POST', path, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
  const { code, said } = await suite({ KUBECONFIG: await asReader(status.token) });
  expect([code, said]).toEqual([
    2,
    expect.stringMatching(/the cluster takes no namespace \(.*forbidden.*\): the suite needs one that it may write to/),
  ]);
});

test('interrupted in the middle of a drill, as by Ctrl-C, it takes away what it has made', async () => {
  const { child, ended, run } = start({}, 'simulated/drain');
  await until('a node of a drill is cordoned', 90, async () => ((await cordonedBy(run)).length > 0 ? true : undefined));
  process.kill(-Number(child.pid), 'SIGINT');
  expect((await ended).code).toBe(130);
  expect(await runs()).not.toContain(run);
  expect(await cordonedBy(run)).toEqual([]);
});

test('what a killed run has left is taken away by the next, and a run that has just begun is not', async () => {
  const [dead, fresh] = [`${found().run}-dead`, `${found().run}-fresh`];
  for (const name of [dead, fresh]) {
    await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [RUN_LABEL]: name } } });
  }
  const metadata = { name: 'alive', namespace: dead };
  const spec = { holderIdentity: dead, renewTime: new Date(Date.now() - 120_000).toISOString().replace('Z', '000Z') };
  await api.apply({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec });
  const { said } = await suite({});
  expect(said).toContain(`left over, and taken away: ${dead}`);
  await until('it is gone', 60, async () => ((await runs()).includes(dead) ? undefined : true));
  expect(await runs()).toContain(fresh);
  await api.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: fresh } });
});

test('two runs at once do not meet', async () => {
  const both = await Promise.all([start({}).ended, start({}).ended]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
});

test('what is required and not there stops the run', async () => {
  const { code, said } = await suite({ CLUSTER_REQUIRES: 'controllers,a moon' });
  expect([code, said]).toEqual([
    2,
    expect.stringContaining('CLUSTER_REQUIRES a moon, which the cluster does not have'),
  ]);
});

/** The nodes that a run has cordoned. */
async function cordonedBy(run: string): Promise<string[]> {
  const { items } = await api.must('GET', '/api/v1/nodes');
  const meant = items.filter(({ metadata }: any) => metadata.annotations?.[CORDONED_BY] === run);
  return meant.map(({ metadata }: any) => metadata.name);
}

/** The runs that have namespaces. */
async function runs(): Promise<string[]> {
  const { items } = await api.must('GET', `/api/v1/namespaces?labelSelector=${encodeURIComponent(RUN_LABEL)}`);
  return items.map(({ metadata }: any) => metadata.labels[RUN_LABEL]);
}

/** Runs one small file of the suite; what it says on stderr until it has begun. */
async function suite(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { code, said } = await start(env).ended;
  return { code, said: said.split('\n').find((line) => /^(no cluster test|left over)/.test(line)) ?? said };
}

/** Starts another run on a file of the suite, in a group of processes of its own; its results are not kept. */
function start(env: Record<string, string>, file = 'refusal') {
  const args = [
    require.resolve('tsx/cli'),
    'node_modules/jest/bin/jest.js',
    '--config',
    'test/cluster/jest.config.json',
    file,
  ];
  const run = `cp-${randomBytes(3).toString('hex')}`;
  const child = spawn(process.execPath, args, {
    env: { ...process.env, RECORD: 'false', CLUSTER_RUN: run, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = new Promise<{ code: number | null; said: string }>((done) => {
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    child.once('exit', (code) => done({ code, said }));
  });
  return { child, ended, run };
}

async function withServer<T>(answer: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A file with a cluster at an address. */
function kubeconfig(server: string, more: object = {}, user: object = {}): string {
  const file = join(folder, `${Math.random()}.json`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'it',
    clusters: [{ name: 'it', cluster: { server, ...more } }],
    users: [{ name: 'it', user }],
    contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** The cluster of this run, for the holder of a token. */
async function asReader(token: string): Promise<string> {
  const { status, body } = await api.ask('GET', '/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt');
  const authority =
    status === 200 ? { 'certificate-authority-data': Buffer.from(body.data['ca.crt']).toString('base64') } : {};
  return kubeconfig(serverOf(), authority, { token });
}

function serverOf(): string {
  const config = parse(readFileSync(String(process.env.KUBECONFIG), 'utf8'));
  return config.clusters[0].cluster.server;
}
