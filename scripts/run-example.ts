// Synthesizes and checks one example, as a user's pipeline would: npm run example online-boutique
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFile, exampleNames } from '../test/support/examples';

const [example = ''] = process.argv.slice(2);
if (!exampleNames().includes(example)) {
  process.stderr.write(`no example "${example}"; there are: ${exampleNames().join(', ')}\n`);
  process.exit(2);
}
const outdir = exampleFile(example, 'dist');
process.env.CDK8S_OUTDIR = outdir;
require(exampleFile(example, 'main.ts'));
for (const file of readdirSync(outdir)) process.stdout.write(`checked, and written to ${join('examples', example, 'dist', file)}\n`);
