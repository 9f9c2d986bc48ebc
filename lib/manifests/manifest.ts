/** Keys and texts, as labels and annotations are. */
export type Texts = Readonly<Record<string, string>>;

/** What every object has. */
export interface Metadata {
  readonly name: string;
  readonly labels?: Texts;
  readonly annotations?: Texts;
}

/** The part of a manifest that says what and which it is; fixed when the construct is made. */
export interface Head {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  /** Whether it is an object of the whole cluster, which lies in no namespace. */
  readonly isOfCluster?: boolean;
}

/** Everything else of a manifest (`spec`, `data`, ...), made anew at each rendering. */
export type Body<T> = { readonly [K in keyof T]: () => T[K] };
