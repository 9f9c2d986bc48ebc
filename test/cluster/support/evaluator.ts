import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A question to Calico's own evaluator; `*` is every pod. */
export interface AskedFlow {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: string;
}

/** Its answer. */
export interface Evaluation {
  readonly flows: readonly (AskedFlow & { readonly verdict: 'allow' | 'deny' })[];
  readonly refused: readonly { readonly object: string; readonly reason: string }[];
  /** Policies that reach nothing. */
  readonly withoutEffect: readonly string[];
  /** The policies of each interface of a node by where they are asked, as `tier | policy | direction`. */
  readonly hostEndpoints: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Tries flows with real packets on the rig's node of Calico: how many did what the evaluator says, and how many did not. */
export function packets(
  objects: readonly object[],
  flows: readonly AskedFlow[],
): { readonly passed: number; readonly failed: number } {
  return withFiles(objects, flows, (asked, files) => {
    const text = execFileSync('sh', ['-c', `rig-packets "${asked}" "${files}" || test $? -le 1`], { encoding: 'utf8' });
    const [, passed, failed] = /(\d+) passed, (\d+) failed/.exec(text) ?? [];
    return { passed: Number(passed), failed: Number(failed) };
  });
}

/** What Calico's own calculation says of objects (calico-eval of the rig). */
export function evaluated(objects: readonly object[], flows: readonly AskedFlow[] = []): Evaluation {
  return withFiles(objects, flows, (asked, files) => {
    // it ends with 2 if it refuses something, and says what
    const run = `calico-eval -flows "${asked}" "${files}" || test $? -le 2`;
    const text = execFileSync('sh', ['-c', run], { encoding: 'utf8', maxBuffer: 1 << 30 });
    const { flows: answers, refused, withoutEffect, hostEndpoints } = JSON.parse(text);
    return {
      flows: answers ?? [],
      refused: refused ?? [],
      withoutEffect: withoutEffect ?? [],
      hostEndpoints: hostEndpoints ?? {},
    };
  });
}

function withFiles<T>(
  objects: readonly object[],
  flows: readonly AskedFlow[],
  work: (asked: string, files: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-patterns-flows-'));
  try {
    const [asked, files] = [join(folder, 'flows.yaml'), join(folder, 'objects.yaml')];
    const plain = flows.map(({ from, to, port, protocol }) => ({ from, to, port, protocol }));
    writeFileSync(asked, JSON.stringify(plain));
    writeFileSync(files, objects.map((one) => JSON.stringify(one)).join('\n---\n'));
    return work(asked, files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
