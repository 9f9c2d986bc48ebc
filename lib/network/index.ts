export { ClusterFence } from './cluster-fence';
export type { DescribedCompletion, DescribedEdge, FenceDescription } from './description';
export { FenceEngine } from './fence-engine';
export { FenceTier } from './fence-tier';
export { NamespaceFence } from './namespace-fence';
export { Peer } from './peer';
export { Port } from './port';
export * from './props';
