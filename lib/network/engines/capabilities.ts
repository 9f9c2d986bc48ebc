/** Whose policies there are. */
export type EngineName = 'kubernetes' | 'calico' | 'clusterNetworkPolicy';

/** What a fence may ask for, in the words of the documentation. */
export const CAPABILITIES = {
  cidrSources: 'connections from networks outside (`Peer.cidr` as a source)',
  networkSets: 'networks by labels (`Peer.networkSet`)',
  hosts: 'nodes by their HostEndpoints (`Peer.hosts`)',
  services: 'the API server by its Service, without addresses',
  logs: 'denied connections are logged',
  staged: 'policies that are only watched (`stage`)',
  tiers: 'tiers: who is asked first',
} as const;

/** One column of the table. */
export type Capability = keyof typeof CAPABILITIES;

/** Which engine can do what. */
export const ENGINES: Readonly<Record<EngineName, readonly Capability[]>> = {
  kubernetes: ['cidrSources'],
  calico: ['cidrSources', 'networkSets', 'hosts', 'services', 'logs', 'staged', 'tiers'],
  clusterNetworkPolicy: ['tiers'],
};

/** Whether an engine can do something. */
export function can(engine: EngineName, capability: Capability): boolean {
  return ENGINES[engine].includes(capability);
}

/** The engines that can do something, as one writes them. */
export function callsThat(capability: Capability): string {
  const engines = (Object.keys(ENGINES) as EngineName[]).filter((engine) => can(engine, capability));
  return engines.map((engine) => `FenceEngine.${engine}()`).join(', ');
}
