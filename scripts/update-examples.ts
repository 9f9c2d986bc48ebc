// Writes examples/*/expected.yaml anew. Nothing else does; the difference is reviewed like code.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { exampleFile, exampleNames, written } from '../test/support/examples';

for (const example of exampleNames()) {
  const run = () =>
    execFileSync('npx', ['tsx', '--tsconfig', 'examples/tsconfig.json', exampleFile(example, 'main.ts')], {
      stdio: 'inherit',
    });
  writeFileSync(exampleFile(example, 'expected.yaml'), written(run));
}
