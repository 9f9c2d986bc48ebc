import { invalid } from '../values/invalid';

/**
 * What another construct decides about an app that was made before.
 *
 * Read at each rendering, so that a stage or a mode of the claimant shows; two claims on one field are an error that names
 * both. A claim reads its owner's props, never an intent or the tree.
 */
export interface AppClaim {
  /** Who claims, as a user knows it: a construct path, or a prop. */
  readonly by: string;
  /** The number of pods; `released` means that the claimant writes it in the cluster, so that no manifest may. */
  readonly replicas?: number | 'released';
}

/** What all claims say together. */
export type FoldedClaims = Omit<AppClaim, 'by'>;

/** Folds claims, in any order. */
export function fold(claims: readonly AppClaim[]): FoldedClaims {
  const owners = claims.filter(({ replicas }) => replicas !== undefined);
  if (owners.length > 1) {
    const names = owners.map(({ by }) => by).sort();
    throw invalid('replicas', `${names.join(' and ')} both decide the number of pods`, 'keep one of them');
  }
  return { replicas: owners[0]?.replicas };
}
