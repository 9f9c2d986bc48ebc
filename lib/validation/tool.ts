import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What reports call us. */
export const TOOL = 'cdk8s-patterns';

/** Where rules are explained. */
export const RULES_PAGE = 'https://example.org/cdk8s-patterns/docs/rules.md';

/** The version of this package. */
export function toolVersion(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
}
