/** The fields of a ClusterNetworkPolicy that this library writes. */
export interface ClusterNetworkPolicySpecManifest {
  readonly tier: 'Admin' | 'Baseline';
  readonly priority: number;
  readonly subject: ClusterPeerManifest;
  readonly ingress: readonly (ClusterRuleManifest & { readonly from: readonly ClusterPeerManifest[] })[];
  readonly egress: readonly (ClusterRuleManifest & { readonly to: readonly ClusterPeerManifest[] })[];
}

interface ClusterRuleManifest {
  readonly name: string;
  readonly action: 'Accept' | 'Deny';
  readonly protocols?: readonly object[];
}

export interface ClusterPeerManifest {
  readonly namespaces?: object;
  readonly pods?: { readonly namespaceSelector: object; readonly podSelector: object };
  readonly networks?: readonly string[];
}
