import type { IConstruct } from 'constructs';
import type { AppWorkload } from './app-workload';

const NEIGHBOURS = Symbol.for('cdk8s-patterns.Neighbours');

type Meet = (app: AppWorkload) => void;

/** The apps of one tree, and those who want to know each of them. */
interface Neighbours {
  readonly apps: AppWorkload[];
  readonly curious: Meet[];
}

/** Calls `meet` with every app of the tree: with those that are there, and later with those that are made after. */
export function eachApp({ node: { root } }: IConstruct, meet: Meet): void {
  const { apps, curious } = neighboursIn(root);
  curious.push(meet);
  for (const app of apps) meet(app);
}

/** Makes an app known to those who want to know. */
export function introduce(app: AppWorkload): void {
  const { apps, curious } = neighboursIn(app.node.root);
  apps.push(app);
  for (const meet of curious) meet(app);
}

function neighboursIn(root: IConstruct & { [NEIGHBOURS]?: Neighbours }): Neighbours {
  const known = root[NEIGHBOURS];
  if (known !== undefined) return known;
  const fresh: Neighbours = { apps: [], curious: [] };
  Object.defineProperty(root, NEIGHBOURS, { value: fresh });
  return fresh;
}
