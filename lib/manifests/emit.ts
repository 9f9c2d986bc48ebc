import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { at } from '../values/invalid';
import type { Body, Head } from './manifest';
import { applyPatches } from './patches';
import { plain, plainMetadata, resolved, resolvesOrdinarily, sortedKeys } from './plain';
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

  public constructor(
    scope: Construct,
    id: string,
    head: Head,
    private readonly body: Readonly<Record<string, () => unknown>>,
  ) {
    super(scope, id, head);
  }

  public addJsonPatch(...operations: JsonPatch[]): void {
    this.operations.push(...operations);
  }

  public toJson(): unknown {
    return Renderings.of(this).reuse(this) ?? at(this.node.scope ?? this, () => this.render());
  }

  private render(): unknown {
    const isOrdinary = resolvesOrdinarily(this);
    const sorts = !process.env.CDK8S_DISABLE_SORT;
    const written = (key: string, value: unknown) =>
      plain(isOrdinary ? value : resolved(this, [key], value), { sorts });
    const manifest: Record<string, unknown> = {
      apiVersion: written('apiVersion', this.apiVersion),
      kind: written('kind', this.kind),
      metadata: isOrdinary ? plainMetadata(this.metadata) : written('metadata', this.metadata.toJson()),
    };
    for (const key of sorts ? sortedKeys(this.body) : Object.keys(this.body)) {
      const value = written(key, this.body[key]?.());
      if (value !== undefined) manifest[key] = value;
    }
    return applyPatches(manifest, this.operations);
  }
}

/** Emits one object. Its kind and name are fixed now; its body is rendered when it is read. */
export function emit<T extends object>(scope: Construct, id: string, head: Head, body: Body<T>): ApiObject {
  const object = new EmittedObject(scope, id, head, body as Readonly<Record<string, () => unknown>>);
  // cdk8s gives the namespace of the chart to whatever has none
  if (head.isOfCluster === true && object.metadata.namespace !== undefined) {
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
  return object;
}

/** Whether this library emitted the object; `instanceof` would be true for every ApiObject. */
export function isEmitted(object: ApiObject): boolean {
  return EMITTED in object;
}
