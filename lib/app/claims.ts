import { invalid } from '../values/invalid';

/**
 * What another construct decides about an app that was made before.
 *
 * Read at each rendering, so that a stage or a mode of the claimant shows; two claims on one field are an error that names
 * both. A claim reads its owner's props and stage, never an intent or the tree.
 */
export interface AppClaim {
  /** Who claims, as a user knows it: a construct path, or a prop. */
  readonly by: string;
  /** The number of pods; `released` means that the claimant writes it in the cluster, so that no manifest may. */
  readonly replicas?: number | 'released';
  /** The image of the app's own container. */
  readonly image?: string;
  /** What runs the pods in place of the Deployment, so that an autoscaler has to scale it. */
  readonly runner?: Runner;
  /** Whose metrics count the requests that it is judged by: those of the proxies of the mesh, or its own. */
  readonly measuredBy?: 'mesh' | 'app';
}

/** An object with pods of an app. */
export interface Runner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** What all claims say together. */
export type FoldedClaims = Omit<AppClaim, 'by'>;

const CLAIMED: { readonly [K in keyof FoldedClaims]-?: string } = {
  replicas: 'the number of pods',
  image: 'the image',
  runner: 'what runs the pods',
  measuredBy: 'whose metrics count its requests',
};

/** Folds claims, in any order. */
export function fold(claims: readonly AppClaim[]): FoldedClaims {
  return {
    replicas: claimed(claims, 'replicas'),
    image: claimed(claims, 'image'),
    runner: claimed(claims, 'runner'),
    measuredBy: claimed(claims, 'measuredBy'),
  };
}

function claimed<K extends keyof FoldedClaims>(claims: readonly AppClaim[], field: K): FoldedClaims[K] {
  const owners = claims.filter((claim) => claim[field] !== undefined);
  if (owners.length > 1) {
    const names = owners.map(({ by }) => by).sort();
    throw invalid(field, `${names.join(' and ')} both decide ${CLAIMED[field]}`, 'keep one of them');
  }
  return owners[0]?.[field];
}
