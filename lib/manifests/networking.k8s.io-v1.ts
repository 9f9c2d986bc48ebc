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
