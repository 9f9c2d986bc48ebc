import { World } from '../facts';
import type { Finding } from '../findings';
import type { TargetCluster } from '../values';
import { judge } from './judge';

/** What a check of manifests should know. */
export interface ManifestCheckOptions {
  /**
   * The cluster that the manifests are for.
   *
   * @default TargetCluster.of()
   */
  readonly target?: TargetCluster;
}

/**
 * The rules over plain manifests, whoever wrote them.
 *
 * All objects are judged as one world: give those that belong together in one call.
 */
export class ManifestCheck {
  /**
   * Judges manifests.
   *
   * @param manifests parsed objects; kinds that no rule knows pass untouched
   * @param options what is known of the cluster
   */
  public static of(manifests: any[], options: ManifestCheckOptions = {}): ManifestCheck {
    const world = new World(manifests.map((manifest) => ({ manifest, target: options.target })));
    return new ManifestCheck(judge(world).map(({ finding }) => finding));
  }

  /** All findings, the acknowledged ones too. */
  public readonly findings: Finding[];

  private constructor(findings: Finding[]) {
    this.findings = findings;
  }

  /** The findings that nobody accepted. */
  public get open(): Finding[] {
    return this.findings.filter((finding) => finding.acknowledged === undefined);
  }
}
