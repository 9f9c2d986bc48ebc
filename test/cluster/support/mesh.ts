import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a load is to do. */
export interface MeshLoad {
  /** Where it comes in, `namespace/name` of a gateway's Service. */
  readonly gateway?: string;
  /** The namespace of a client in the mesh, in place of a gateway. */
  readonly from?: string;
  /** The labels of that client. */
  readonly as?: Readonly<Record<string, string>>;
  readonly host: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requests: number;
  readonly concurrency?: number;
}

/** What became of a load. */
export interface MeshAnswers {
  readonly requests: number;
  readonly status: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  /** Answers by each label of the pod that gave them, as `track=canary`. */
  readonly labels: Readonly<Record<string, number>>;
  readonly pods: Readonly<Record<string, number>>;
  readonly attempts: Readonly<Record<string, number>>;
  readonly latencyMs: Readonly<Record<string, number>>;
}

/** How pods misbehave. */
export interface Fault {
  readonly selector: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly delayMs?: number;
  readonly share?: number;
  /** Only the first so many tries. */
  readonly attempts?: number;
}

/** Istio's own translation of manifests, with a real Envoy for each gateway and client, and a backend for each pod (rig-istio). */
export class Mesh {
  /** Starts it for a YAML text. */
  public static async start(yaml: string): Promise<Mesh> {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-patterns-mesh-'));
    writeFileSync(join(folder, 'manifests.yaml'), yaml);
    const { RIG_ISTIO = '', RIG_ENVOY = '' } = process.env;
    const child = spawn(RIG_ISTIO, ['mesh', '--attached', '--envoy', RIG_ENVOY, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const address = await new Promise<string>((done, failed) => {
      createInterface(child.stdout).once('line', (line) => done(JSON.parse(line).api));
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(`rig-istio mesh ended with ${code}`)));
    });
    return new Mesh(address, child, folder);
  }

  /** The mesh that follows the cluster. */
  public static live(): Mesh {
    return new Mesh(String(process.env.RIG_MESH));
  }

  private constructor(
    private readonly address: string,
    private readonly child?: ChildProcess,
    private readonly folder?: string,
  ) {}

  /** Puts other manifests in the place of those that it has; ends when every Envoy has taken them over. */
  public async apply(yaml: string): Promise<void> {
    await this.ask('PUT', '/manifests', yaml);
  }

  /** Lets pods misbehave; none heals them. */
  public async faults(...faults: readonly Fault[]): Promise<void> {
    await this.ask('PUT', '/faults', JSON.stringify(faults));
  }

  /** Sends requests. */
  public load(load: MeshLoad): Promise<MeshAnswers> {
    return this.ask('POST', '/load', JSON.stringify({ concurrency: 16, ...load }));
  }

  /** What an Envoy says of itself, for example its statistics. */
  public async envoy(id: string, path: string): Promise<string> {
    return (await fetch(`${this.address}/envoy/${id}/${path}`)).text();
  }

  /** Ends it. */
  public async stop(): Promise<void> {
    const ended = new Promise((done) => this.child?.once('exit', done));
    this.child?.stdin?.end();
    await ended;
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true });
  }

  private async ask(method: string, path: string, body: string): Promise<any> {
    const answer = await fetch(this.address + path, { method, body });
    const result = (await answer.json()) as any;
    if (!answer.ok) throw new Error(`${method} ${path}: ${result?.error ?? answer.status}`);
    return result;
  }
}

/** Runs `work` with a mesh of its own. */
export async function withMesh<T>(yaml: string, work: (mesh: Mesh) => Promise<T>): Promise<T> {
  const mesh = await Mesh.start(yaml);
  try {
    return await work(mesh);
  } finally {
    await mesh.stop();
  }
}

/** Sends requests, `load.requests` at a time, until something is done, but at least `count`. */
export async function underRequests(
  mesh: Mesh,
  load: MeshLoad,
  count: number,
  work: () => Promise<void>,
): Promise<{ sent: number; failed: number; how: string }> {
  let isDone = false;
  const working = work().finally(() => {
    isDone = true;
  });
  working.catch(() => undefined);
  let [sent, failed] = [0, 0];
  const how = new Set<string>();
  while (!isDone || sent < count) {
    const { requests, status, errors } = await mesh.load(load);
    sent += requests;
    failed += requests - (status[200] ?? 0);
    for (const outcome of [...Object.keys(status), ...Object.keys(errors)]) if (outcome !== '200') how.add(outcome);
  }
  await working;
  return { sent, failed, how: [...how].join(', ') };
}

/** What Istio's own analyzers and its admission say of a YAML text: level, code and object. */
export function analyzed(yaml: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-patterns-analyze-'));
  try {
    const file = join(folder, 'manifests.yaml');
    writeFileSync(file, yaml);
    // it ends with another status if it has found something
    const run = `"$RIG_ISTIO" analyze "${file}" || test $? -eq 1`;
    const { findings, unreadable } = JSON.parse(execFileSync('sh', ['-c', run], { encoding: 'utf8' }));
    return [
      ...findings.map(({ level, code, origin }: any) => `${level} ${code} ${origin.kind ?? origin}`),
      ...(unreadable ?? []).map((one: unknown) => `unreadable ${JSON.stringify(one)}`),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How far the share of a label may be from what is expected: one right mesh in 16 000 does not fit. */
const SIGMAS = 4;

/** The share of the answers with a label, in percent, and whether chance explains the difference to what is expected. */
export function shareOf(
  { labels, pods }: MeshAnswers,
  label: string,
  percent: number,
): { share: number; fits: boolean } {
  const answers = Object.values(pods).reduce((sum, count) => sum + count, 0);
  const observed = (labels[label] ?? 0) / answers;
  const expected = percent / 100;
  const tolerance = SIGMAS * Math.sqrt((expected * (1 - expected)) / answers);
  return {
    share: Number((100 * observed).toFixed(2)),
    fits: answers > 0 && Math.abs(observed - expected) <= tolerance,
  };
}
