/** The fields of a VirtualService that this library writes. */
export interface VirtualServiceSpecManifest {
  readonly hosts: readonly string[];
  readonly gateways?: readonly string[];
  readonly http: readonly MeshRouteManifest[];
}

export interface MeshRouteManifest {
  readonly name: string;
  readonly match?: readonly {
    readonly headers?: Readonly<Record<string, { readonly exact: string }>>;
    readonly sourceLabels?: Readonly<Record<string, string>>;
    readonly sourceNamespace?: string;
  }[];
  readonly route: readonly { readonly destination: MeshDestinationManifest; readonly weight?: number }[];
  readonly mirrors?: readonly {
    readonly destination: MeshDestinationManifest;
    readonly percentage: { readonly value: number };
  }[];
  readonly retries?: { readonly attempts: number; readonly retryOn?: string };
  readonly timeout?: string;
}

export interface MeshDestinationManifest {
  readonly host: string;
  readonly subset?: string;
  readonly port: { readonly number: number };
}

/** The fields of a DestinationRule that this library writes. */
export interface DestinationRuleSpecManifest {
  readonly host: string;
  readonly trafficPolicy?: {
    readonly connectionPool?: { readonly http: { readonly http2MaxRequests: number } };
    readonly outlierDetection?: {
      readonly consecutive5xxErrors: number;
      readonly interval: string;
      readonly baseEjectionTime: string;
      readonly maxEjectionPercent: number;
    };
  };
  readonly subsets: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[];
}
