import { ApiObject, type ApiObjectProps, type JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { at } from '../values/invalid';
import type { Body, Head } from './manifest';
import { applyPatches } from './patches';
import { Renderings } from './renderings';

const EMITTED = Symbol.for('cdk8s-patterns.Emitted');

/**
 * A plain `ApiObject`: nothing that it is given, and nothing that is patched into it, is ever dropped (ADR 1).
 *
 * While the app is synthesized it renders once: the checks and the file get the same object.
 */
class EmittedObject extends ApiObject {
  public readonly [EMITTED] = true;
  private readonly operations: JsonPatch[] = [];

  public addJsonPatch(...operations: JsonPatch[]): void {
    this.operations.push(...operations);
  }

  public toJson(): unknown {
    return Renderings.of(this).reuse(this) ?? at(pathOf(this), () => applyPatches(this.render(), this.operations));
  }

  /** cdk8s puts a long sentence in front of what was thrown, which says its path already. */
  private render(): unknown {
    try {
      return super.toJson();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(message.replace(/^Failed serializing .*? with name '.*?': (\w|-)+: /s, ''));
    }
  }
}

function pathOf(object: ApiObject): string {
  return (object.node.scope ?? object).node.path;
}

/** Emits one object. Its kind and name are fixed now; its body is rendered when it is read. */
export function emit<T extends object>(scope: Construct, id: string, head: Head, body: Body<T>): ApiObject {
  const lazy = Object.entries<() => unknown>(body).map(([key, produce]) => [key, Lazy.any({ produce })]);
  return new EmittedObject(scope, id, { ...head, ...Object.fromEntries(lazy) } as ApiObjectProps);
}

/** Whether this library emitted the object; `instanceof` would be true for every ApiObject. */
export function isEmitted(object: ApiObject): boolean {
  return EMITTED in object;
}
