import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

const RENDERINGS = Symbol.for('cdk8s-patterns.Renderings');

/**
 * What was rendered while one app is synthesized, kept at the app.
 *
 * Nothing outside of a synthesis is ever kept: patches and the state of foreign constructs leave no trace by which one
 * could tell that a rendering is out of date.
 */
export class Renderings {
  /** Those of the app that `construct` is in. */
  public static of(construct: IConstruct): Renderings {
    const root = construct.node.root as IConstruct & { [RENDERINGS]?: Renderings };
    const known = root[RENDERINGS];
    if (known !== undefined) return known;
    const renderings = new Renderings();
    Object.defineProperty(root, RENDERINGS, { value: renderings });
    return renderings;
  }

  private kept: Map<ApiObject, object> | undefined;
  private written = false;

  /** Whether the app was synthesized: what is added now would be in no file. */
  public get areWritten(): boolean {
    return this.written;
  }

  /** Runs a synthesis; renderings are kept until its end. */
  public during<T>(synthesis: () => T): T {
    const outer = this.kept;
    this.kept ??= new Map();
    try {
      const result = synthesis();
      this.written = true;
      return result;
    } finally {
      this.kept = outer;
    }
  }

  /** Whether a synthesis is under way. */
  public get areKept(): boolean {
    return this.kept !== undefined;
  }

  /** Keeps a rendering until the end of the synthesis that is under way, if one is. */
  public keep(object: ApiObject, rendering: object): void {
    this.kept?.set(object, rendering);
  }

  /** Forgets a rendering that is out of date. */
  public forget(object: ApiObject): void {
    this.kept?.delete(object);
  }

  /** The rendering that was kept, or undefined. */
  public reuse(object: ApiObject): object | undefined {
    return this.kept?.get(object);
  }
}
