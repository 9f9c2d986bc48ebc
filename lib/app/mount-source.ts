import { createHash } from 'node:crypto';
import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import { invalid } from '../values/invalid';
import { dnsLabel } from '../values/names';
import { plus } from '../values/plus';

/** Something that the app sees as files. */
export interface MountOptions {
  /** Where the app sees it. */
  readonly path: string;

  /** What is mounted. */
  readonly source: MountSource;

  /**
   * Only this file or folder of the source.
   *
   * @default - all of it
   */
  readonly subPath?: string;

  /**
   * Lets the app write; only volume claims and volumes can be written.
   *
   * @default false
   */
  readonly writable?: boolean;
}

/** A source, resolved. */
export interface SourceIntent {
  /** As the volume's source. `config` makes its ConfigMap when it is mounted, under a name of the app's. */
  readonly volume: (configName: string) => object;
  readonly files?: Readonly<Record<string, string>>;
  readonly mayBeWritten: boolean;
  /** What the pods have to be restarted for, when it changes. */
  readonly content?: () => string;
}

/**
 * What an app can see as files.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class MountSource {
  /**
   * Files with these contents; a ConfigMap is made for them, and a change of it rolls the pods.
   *
   * @param files contents by file name
   * @throws if there is no file
   */
  public static config(files: { [name: string]: string }): MountSource {
    if (Object.keys(files).length === 0) throw invalid('MountSource.config', 'there is no file');
    const copy = { ...files };
    return new MountSource({
      files: copy,
      mayBeWritten: false,
      volume: (name) => ({ configMap: { name } }),
      content: () => JSON.stringify(Object.entries(copy).sort(([a], [b]) => (a < b ? -1 : 1))),
    });
  }

  /**
   * A ConfigMap of cdk8s-plus; a change of its data rolls the pods if it is made in the same app.
   *
   * @param configMap the ConfigMap
   */
  public static configMap(configMap: kplus.IConfigMap): MountSource {
    const made = ApiObject.isApiObject(configMap.node.defaultChild) ? configMap.node.defaultChild : undefined;
    return new MountSource({
      mayBeWritten: false,
      volume: () => ({ configMap: { name: configMap.name } }),
      content: made && (() => contentOf(made)),
    });
  }

  /**
   * A Secret of cdk8s-plus.
   *
   * @param secret the Secret
   */
  public static secret(secret: kplus.ISecret): MountSource {
    return new MountSource({ mayBeWritten: false, volume: () => ({ secret: { secretName: secret.name } }) });
  }

  /**
   * A Secret that is made elsewhere.
   *
   * @param name name of the Secret
   */
  public static secretNamed(name: string): MountSource {
    return new MountSource({ mayBeWritten: false, volume: () => ({ secret: { secretName: name } }) });
  }

  /**
   * A PersistentVolumeClaim that is made elsewhere.
   *
   * Findings: app/claim-shared-by-pods
   *
   * @param name name of the claim
   */
  public static claimNamed(name: string): MountSource {
    dnsLabel('MountSource.claimNamed', name, 253);
    return new MountSource({ mayBeWritten: true, volume: () => ({ persistentVolumeClaim: { claimName: name } }) });
  }

  /**
   * A volume of cdk8s-plus, of any kind.
   *
   * @param volume the volume; its name is replaced by that of the mount
   */
  public static volume(volume: kplus.Volume): MountSource {
    return new MountSource({
      mayBeWritten: true,
      volume: () => {
        // quantities are objects of their own there, which are no YAML
        const { name: _, ...source } = plus().k8s.toJson_Volume(volume._toKube()) ?? {};
        return source;
      },
    });
  }

  /**
   * What was resolved.
   *
   * @internal
   */
  public readonly _intent: SourceIntent;

  private constructor(intent: SourceIntent) {
    this._intent = Object.freeze(intent);
  }
}

/** A short hash that changes with the contents. */
export function contentHash(contents: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(contents)).digest('hex').slice(0, 16);
}

function contentOf(configMap: ApiObject): string {
  const { data, binaryData } = configMap.toJson();
  return JSON.stringify([data, binaryData]);
}
