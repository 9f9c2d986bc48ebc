/** Which object of a cluster is meant. */
export interface ObjectReference {
  /** `apps/v1`. */
  readonly apiVersion: string;
  /** `Deployment`. */
  readonly kind: string;
  /**
   * The namespace it lies in.
   *
   * @default - the manifest names none
   */
  readonly inNamespace?: string;
  /** `metadata.name`. */
  readonly name: string;
}

/** `Deployment shop/checkout`. */
export function formatReference(object: ObjectReference): string {
  return `${object.kind} ${object.inNamespace === undefined ? '' : `${object.inNamespace}/`}${object.name}`;
}
