import type { Construct } from 'constructs';
import type { TargetCluster } from '../../values';
import type { FencePolicy } from '../fence-policy';
import type { PeerIntent } from '../peer';
import type { EngineName } from './capabilities';

/** Whose policies a fence is made of. */
export interface Engine {
  /** Its row in the table of capabilities. */
  readonly name: EngineName;

  /** Whether what it emits is only watched, and denies nothing. */
  readonly isStaged?: boolean;

  /** Refuses what the target does not have; throws. */
  check(target: TargetCluster): void;

  /** Emits one policy of a namespace. Its name is fixed now; its body is read at each rendering. */
  emit(scope: Construct, id: string, name: string, namespace: string, policy: () => FencePolicy): Construct;
}

/** The kinds of ends, as they are in the table of capabilities. */
export type PeerKind = PeerIntent['kind'];
