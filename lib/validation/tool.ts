import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What reports call us. */
export const TOOL = 'cdk8s-patterns';

/** Where rules are explained. */
export const RULES_PAGE = 'https://example.org/cdk8s-patterns/docs/rules.md';

/** The version of this package. */
export function toolVersion(): string {
  return JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')).version;
}

/** The nearest folder with a package.json: this file may be part of a larger one, nearer to it. */
function packageFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
