/** The fields of Calico's NetworkPolicy that this library writes. */
export interface CalicoPolicySpecManifest {
  readonly stagedAction?: 'Set';
  readonly tier: string;
  readonly order: number;
  readonly preDNAT?: true;
  readonly doNotTrack?: true;
  readonly applyOnForward?: true;
  readonly namespaceSelector?: string;
  readonly selector: string;
  readonly types: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly CalicoRuleManifest[];
  readonly egress?: readonly CalicoRuleManifest[];
}

export interface CalicoRuleManifest {
  readonly action: 'Allow' | 'Deny' | 'Log';
  readonly protocol?: string;
  readonly source?: CalicoEntityManifest;
  readonly destination?: CalicoEntityManifest;
}

export interface CalicoEntityManifest {
  readonly namespaceSelector?: string;
  readonly selector?: string;
  readonly nets?: readonly string[];
  readonly ports?: readonly (number | string)[];
  readonly services?: { readonly name: string; readonly namespace: string };
}

/** The fields of a HostEndpoint that this library writes. */
export interface HostEndpointSpecManifest {
  readonly node: string;
  readonly interfaceName: string;
  readonly expectedIPs: readonly string[];
}

/** The fields of a Tier that this library writes. */
export interface TierSpecManifest {
  readonly order: number;
}
