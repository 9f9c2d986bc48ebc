import { ObjectFact, type Source } from './object';
import { textList } from './read';

/** A PersistentVolumeClaim. */
export class VolumeClaimFact extends ObjectFact {
  /** The fact if the object claims a volume. */
  public static read(source: Source, object: ObjectFact): VolumeClaimFact | undefined {
    return object.isOf('', 'PersistentVolumeClaim') ? new VolumeClaimFact(source) : undefined;
  }

  /** Whether pods on several nodes may use it at once. */
  public get isShared(): boolean {
    return textList(this.spec.accessModes).some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
  }

  /** The access modes as written. */
  public get modes(): string {
    return textList(this.spec.accessModes).join(', ');
  }
}
