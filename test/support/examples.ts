import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objects } from './rules';

const EXAMPLES = join(__dirname, '../../examples');

/** The names of all examples. */
export function exampleNames(): string[] {
  return readdirSync(EXAMPLES, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
}

/** Path of a file of an example. */
export function exampleFile(example: string, file: string): string {
  return join(EXAMPLES, example, file);
}

/** The objects that an example prints. */
export function examplePrinted(example: string): any[] {
  return objects(readFileSync(exampleFile(example, 'expected.yaml'), 'utf8'));
}

/** Runs `main` with an output folder of its own and gives all that it wrote, file by file. */
export function written(main: () => void): string {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-patterns-'));
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    main();
    const files = readdirSync(outdir).sort();
    return files.map((file) => readFileSync(join(outdir, file), 'utf8')).join('---\n');
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
    rmSync(outdir, { recursive: true });
  }
}

/** What an example emits for another version of Kubernetes than it names. */
export function exampleFor(example: string, version: string): string {
  return written(() =>
    jest.isolateModules(() => {
      const { KubernetesVersion, TargetCluster } = require('cdk8s-patterns');
      const { of } = TargetCluster;
      const kubernetes = KubernetesVersion.of(version);
      jest.spyOn(TargetCluster, 'of').mockImplementation((props) => of({ ...(props as object), kubernetes }));
      require(exampleFile(example, 'main.ts'));
    }),
  );
}
