import { ApiObject, type ApiObjectProps, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Body, Head } from './manifest';
import { Renderings } from './renderings';

/**
 * A plain `ApiObject`: nothing that it is given, and nothing that is patched into it, is ever dropped (ADR 1).
 *
 * While the app is synthesized it renders once: the checks and the file get the same object.
 */
class EmittedObject extends ApiObject {
  public toJson(): unknown {
    return Renderings.of(this).reuse(this) ?? super.toJson();
  }
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
