import { invalid } from '../values/invalid';

/** `path` if it may be the place of a mount. */
export function absolutePath(where: string, path: string): string {
  if (!path.startsWith('/')) throw invalid(where, `\`${path}\` is not absolute`, `use \`/${path}\``);
  if (path.includes(':')) throw invalid(where, `\`${path}\` contains a colon, which no mount may`);
  return path;
}
