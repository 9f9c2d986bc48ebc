/** The fields of an Ingress that this library writes. */
export interface IngressSpecManifest {
  readonly ingressClassName?: string;
  readonly tls?: readonly { readonly hosts: readonly string[]; readonly secretName: string }[];
  readonly rules: readonly {
    readonly host: string;
    readonly http: { readonly paths: readonly IngressPathManifest[] };
  }[];
}

export interface IngressPathManifest {
  readonly path: string;
  readonly pathType: 'Prefix';
  readonly backend: { readonly service: { readonly name: string; readonly port: { readonly name: string } } };
}

/** The fields of a NetworkPolicy that this library writes. */
export interface NetworkPolicySpecManifest {
  readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly policyTypes: readonly ('Ingress' | 'Egress')[];
  readonly ingress: readonly {
    readonly from?: readonly PolicyPeerManifest[];
    readonly ports?: readonly PolicyPortManifest[];
  }[];
  readonly egress: readonly {
    readonly to?: readonly PolicyPeerManifest[];
    readonly ports?: readonly PolicyPortManifest[];
  }[];
}

export interface PolicyPeerManifest {
  readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly ipBlock?: { readonly cidr: string };
}

interface PolicyPortManifest {
  readonly port: number | string;
  readonly endPort?: number;
  readonly protocol: string;
}
