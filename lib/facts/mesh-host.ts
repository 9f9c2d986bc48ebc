/** A Service as routes of a mesh name it. */
export interface MeshHost {
  /** `checkout.shop.svc.cluster.local`. */
  readonly host: string;
  /** The Service that is meant; undefined for hosts outside of the cluster, wildcards and names that are no Service's. */
  readonly service: { readonly namespace: string; readonly name: string } | undefined;
}

const SERVICE = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.[a-z0-9.-]+$/;
const SHORTENED = /^([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc)?$/;

/**
 * What Istio takes a host for: a name without a dot lies in the namespace of the object that names it; all others are complete as they are.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export function meshHost(written: string, namespace: string): MeshHost {
  const isComplete = /^$|[*.:]/.test(written);
  const host = isComplete ? written : `${written}.${namespace}.svc.cluster.local`;
  const match = SERVICE.exec(host);
  return { host, service: match === null ? undefined : { namespace: match[2] as string, name: match[1] as string } };
}

/** The Service that `web.shop` and `web.shop.svc` would mean in DNS; Istio completes neither. */
export function shortenedHost(written: string): MeshHost['service'] {
  const match = SHORTENED.exec(written);
  return match === null ? undefined : { namespace: match[2] as string, name: match[1] as string };
}

/** Whether some host fits both, either of which may begin with `*`. */
export function hostsMeet(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (!b.startsWith('*')) return a.startsWith('*') ? b.endsWith(a.slice(1)) : a === b;
  if (!a.startsWith('*')) return a.endsWith(b.slice(1));
  return a.endsWith(b.slice(1)) || b.endsWith(a.slice(1));
}
