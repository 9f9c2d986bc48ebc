export * from './cluster-network';
export { CountOrPercent } from './count-or-percent';
export * from './kubernetes-version';
export * from './resources';
export * from './target-cluster';
export { Weight } from './weight';
