import { readFileSync } from 'node:fs';
import { exampleFile, exampleNames, written } from './support/examples';
import { objects } from './support/rules';

describe.each(exampleNames())('example %s', (example) => {
  let stderr: jest.SpyInstance;
  beforeEach(() => {
    stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => stderr.mockRestore());

  test('emits its expected.yaml, byte for byte, without a finding', () => {
    const yaml = written(() => jest.isolateModules(() => require(exampleFile(example, 'main.ts'))));
    expect(yaml).toBe(readFileSync(exampleFile(example, 'expected.yaml'), 'utf8'));
    expect(objects(yaml).length).toBeGreaterThan(0);
    expect(stderr).not.toHaveBeenCalled();
  });

  test('has a README that shows main.ts as it is', () => {
    const readme = readFileSync(exampleFile(example, 'README.md'), 'utf8');
    expect(readme).toContain(`\`\`\`ts\n${readFileSync(exampleFile(example, 'main.ts'), 'utf8')}\`\`\`\n`);
  });
});
