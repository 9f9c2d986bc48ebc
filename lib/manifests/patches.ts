import { JsonPatch } from 'cdk8s';
import { invalid } from '../values/invalid';

/** An operation of RFC 6902. */
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
}

/**
 * Applies JSON patches in their order.
 *
 * What cdk8s uses ignores a `remove`, and turns a `replace` into an `add`, where there is nothing: here each patch has to find
 * what it names.
 */
export function applyPatches<T>(document: T, patches: readonly JsonPatch[]): T {
  return patches.reduce<T>((patched, patch) => {
    const operation: Operation = patch._toJson();
    const missing = missingPath(patched, operation);
    if (missing !== undefined) {
      const problem = `${operation.op} ${operation.path}: there is no ${missing} in this form of the manifest`;
      throw invalid('patch', problem, 'compare it with the manifest as it is written');
    }
    try {
      return JsonPatch.apply(patched, patch) as T;
    } catch (error) {
      const [cause] = String(error instanceof Error ? error.message : error).split('\n');
      throw invalid(
        'patch',
        `${operation.op} ${operation.path}: ${cause}`,
        'compare it with the manifest as it is written',
      );
    }
  }, document);
}

/** The first path that has to be there and is not. */
function missingPath(document: unknown, { op, path, from }: Operation): string | undefined {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const needed = [...(from === undefined ? [] : [from]), op === 'add' || from !== undefined ? parent : path];
  return needed.find((pointer) => !exists(document, pointer));
}

function exists(document: unknown, pointer: string): boolean {
  let at = document;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replace(/~1/g, '/').replace(/~0/g, '~');
    if (typeof at !== 'object' || at === null || !(key in at)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}
