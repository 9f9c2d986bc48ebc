/** The fields of an HTTPRoute that this library writes. */
export interface HttpRouteSpecManifest {
  readonly parentRefs: readonly object[];
  readonly hostnames?: readonly string[];
  readonly rules: readonly {
    readonly matches: readonly { readonly path: { readonly type: 'PathPrefix'; readonly value: string } }[];
    readonly backendRefs: readonly { readonly name: string; readonly port: number }[];
  }[];
}
