import { cpSync, readFileSync } from 'node:fs';
import { inFolder, runs } from '../support/command-line';
import { exampleFile } from '../support/examples';

const STARTER = exampleFile('starter', '.');
const EXPECTED = readFileSync(exampleFile('starter', 'expected.yaml'), 'utf8');

/** Runs the check of the pipelines in a copy of the starter, whose app wrote `yaml`. */
function pipeline(yaml: string) {
  return inFolder({ 'dist/shop.k8s.yaml': yaml }, (folder) => {
    cpSync(STARTER, folder, { recursive: true });
    return runs(['check', 'dist', 'vendor', '--target', 'kubernetes=1.33', '--fail-on', 'warning']);
  });
}

test('the pipelines of the starter pass as it is', () => {
  expect(pipeline(EXPECTED)).toMatchObject({
    code: 0,
    out: '6 objects in 2 files: 0 errors, 0 warnings, 1 acknowledged\n',
  });
});

test('they call the check as it is tried here', () => {
  for (const file of ['.gitlab-ci.yml', '.github/workflows/manifests.yml']) {
    expect(readFileSync(exampleFile('starter', file), 'utf8')).toContain(
      'npx cdk8s-patterns check dist vendor --target kubernetes=1.33 --fail-on warning --format ',
    );
  }
});

test('the mistake in its README is found as it says', () => {
  const { code, out } = pipeline(EXPECTED.replace('storefront:2.3.0', 'storefront:latest'));
  const [block = ''] = out.split('\n\n');
  expect(code).toBe(1);
  expect(readFileSync(exampleFile('starter', 'README.md'), 'utf8')).toContain(`\`\`\`\n${block}\n\`\`\``);
});
