export { ClusterNetwork, type ClusterNetworkProps, DataPlane, MeshMode, Overlay } from './cluster-network';
export * from './connection-load';
export { CountOrPercent } from './count-or-percent';
export * from './kubernetes-version';
export * from './resources';
export * from './target-cluster';
export { Weight } from './weight';
