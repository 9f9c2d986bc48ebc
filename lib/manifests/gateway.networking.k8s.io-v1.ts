/** The fields of an HTTPRoute that this library writes. */
export interface HttpRouteSpecManifest {
  readonly parentRefs: readonly object[];
  readonly hostnames?: readonly string[];
  readonly rules: readonly GatewayRuleManifest[];
}

/** The fields of a GRPCRoute that this library writes. */
export type GrpcRouteSpecManifest = HttpRouteSpecManifest;

export interface GatewayRuleManifest {
  readonly name?: string;
  readonly matches?: readonly {
    readonly path?: { readonly type: 'PathPrefix'; readonly value: string };
    readonly headers?: readonly { readonly type: 'Exact'; readonly name: string; readonly value: string }[];
  }[];
  readonly filters?: readonly object[];
  readonly timeouts?: { readonly request: string };
  readonly backendRefs: readonly { readonly name: string; readonly port: number; readonly weight?: number }[];
}
