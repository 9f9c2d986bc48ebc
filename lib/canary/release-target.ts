import { portNumber } from '../values/bounds';
import { invalid } from '../values/invalid';
import { dnsLabel } from '../values/names';
import type { ReleaseTargetOptions } from './props';

/** A workload in plain words. */
export interface TargetIntent {
  readonly kind: 'Deployment';
  readonly name: string;
  readonly port: number | undefined;
}

/** An app whose manifests are made elsewhere. */
export class ReleaseTarget {
  /**
   * A workload by its name, in the namespace of the release.
   *
   * @param kind `Deployment`
   * @param name its name
   * @param options its port
   * @throws if the kind is another, the name is no DNS label, or the port is outside 1 to 65535
   */
  public static named(kind: string, name: string, options: ReleaseTargetOptions = {}): ReleaseTarget {
    const where = 'ReleaseTarget.named';
    if (kind !== 'Deployment') throw invalid(where, `\`${kind}\` cannot be released`, "use 'Deployment'");
    const port = options.port === undefined ? undefined : portNumber(`${where}: port`, options.port);
    return new ReleaseTarget({ kind, name: dnsLabel(where, name), port });
  }

  private constructor(
    /** @internal */
    public readonly _intent: TargetIntent,
  ) {}
}
