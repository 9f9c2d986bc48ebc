import { ApiObject, type ApiObjectProps, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { at, invalid } from '../values/invalid';
import type { Body, Head } from './manifest';
import { Renderings } from './renderings';

/**
 * A plain `ApiObject`: nothing that it is given, and nothing that is patched into it, is ever dropped (ADR 1).
 *
 * While the app is synthesized it renders once: the checks and the file get the same object.
 */
class EmittedObject extends ApiObject {
  public toJson(): unknown {
    const kept = Renderings.of(this).reuse(this);
    if (kept !== undefined) return kept;
    try {
      return super.toJson();
    } catch (error) {
      throw at(this.node.scope?.node.path ?? this.node.path, () => invalidRendering(error));
    }
  }
}

/** cdk8s wraps what was thrown, and a patch that fails brings the whole manifest along: one line is enough. */
function invalidRendering(error: unknown): Error {
  const [first = '', ...lines] = String(error instanceof Error ? error.message : error).split('\n');
  const cause = first.replace(/^Failed serializing construct at path '.*?' with name '.*?': /, '').replace(/^[\w-]+: /, '');
  const operation = lines.find((line) => line.startsWith('operation: '));
  if (operation === undefined) throw new Error(cause);
  const rest = lines.slice(lines.indexOf(operation)).join(' ').replace(/^operation: (\{.*?\}) tree: .*$/, '$1');
  throw invalid('patch', `${cause} (${rest.replace(/\s+/g, ' ')})`, 'compare its path with the manifest as it is written');
}

/** Emits one object. Its kind and name are fixed now; its body is rendered when it is read. */
export function emit<T extends object>(scope: Construct, id: string, head: Head, body: Body<T>): ApiObject {
  const lazy = Object.entries<() => unknown>(body).map(([key, produce]) => [key, Lazy.any({ produce })]);
  return new EmittedObject(scope, id, { ...head, ...Object.fromEntries(lazy) } as ApiObjectProps);
}

/** Whether this library emitted the object. */
export function isEmitted(object: ApiObject): boolean {
  return object instanceof EmittedObject;
}
