import {
  emit,
  type MeshDestinationManifest,
  type MeshRouteManifest,
  type VirtualServiceSpecManifest,
} from '../../manifests';
import { seconds, whole } from '../../values/bounds';
import { invalid } from '../../values/invalid';
import { hostName } from '../../values/names';
import type { IstioEngineOptions } from '../props';
import { labelsOf } from '../released-app';
import { hostOf, portOf, type Release } from './engine';

/** How Istio shifts requests, in plain words. */
export interface MeshIntent {
  readonly gateways: readonly string[];
  readonly hosts: readonly string[];
  readonly retries: number | undefined;
  readonly timeout: number | undefined;
  readonly ejectAfterErrors: number;
  readonly maxOpenRequests: number | undefined;
}

const EJECT_AFTER_ERRORS = 5;
/** Istio's own conditions, and 503, which they do not have any more. */
const RETRY_ON = 'connect-failure,refused-stream,unavailable,cancelled,503';
/** The route whose weights make the shares. */
export const SPLIT = 'split';
/** The route of the testers. */
export const TESTERS = 'testers';

/** Resolves the options of Istio. */
export function resolveMesh(where: string, options: IstioEngineOptions): MeshIntent {
  const { gateways = [], hosts = [], retries, timeout, ejectAfterErrors, maxOpenRequests } = options;
  for (const gateway of gateways) {
    if (!/^[a-z0-9-]+\/[a-z0-9.-]+$/.test(gateway)) {
      throw invalid(`${where}: gateways`, `\`${gateway}\` is not a Gateway`, "use 'namespace/name'");
    }
  }
  if (gateways.length > 0 !== hosts.length > 0) {
    const [missing, given] = hosts.length === 0 ? ['hosts', 'gateways'] : ['gateways', 'hosts'];
    throw invalid(`${where}: ${given}`, `has no effect without ${missing}`, `give ${missing}, or remove ${given}`);
  }
  return Object.freeze({
    gateways,
    hosts: hosts.map((host) => hostName(`${where}: hosts`, host)),
    retries: retries === undefined ? undefined : whole(`${where}: retries`, retries, { min: 0, max: 100 }),
    timeout: timeout === undefined ? undefined : seconds(`${where}: timeout`, timeout),
    ejectAfterErrors:
      ejectAfterErrors === undefined
        ? EJECT_AFTER_ERRORS
        : whole(`${where}: ejectAfterErrors`, ejectAfterErrors, { min: 0, max: 1000000 }),
    maxOpenRequests:
      maxOpenRequests === undefined
        ? undefined
        : whole(`${where}: maxOpenRequests`, maxOpenRequests, { min: 1, max: 2147483647 }),
  });
}

/** `networking.istio.io/v1` came with Istio 1.22. */
export function istioVersion({ target }: Release): string {
  const minor = Number(target.istio?.split('.')[1] ?? 22);
  return `networking.istio.io/${minor < 22 ? 'v1beta1' : 'v1'}`;
}

/** Names of the VirtualServices: one for callers in the mesh, one for those at gateways, since their hosts differ. */
export function virtualServiceNames({ app }: Release, { gateways }: MeshIntent): readonly string[] {
  return gateways.length === 0 ? [app.workload] : [app.workload, `${app.workload}-public`];
}

/** The VirtualServices; `routes` gives their routes, first for the mesh and then for gateways. */
export function emitVirtualServices(
  release: Release,
  intent: MeshIntent,
  routes: (from: 'mesh' | 'gateways') => readonly MeshRouteManifest[],
): void {
  const { scope, app } = release;
  const apiVersion = istioVersion(release);
  virtualServiceNames(release, intent).forEach((name, index) => {
    const metadata = { name, labels: labelsOf(app, name) };
    emit<{ spec: VirtualServiceSpecManifest }>(
      scope,
      `VirtualService-${name}`,
      { apiVersion, kind: 'VirtualService', metadata },
      {
        spec: () =>
          index === 0
            ? { hosts: [hostOf(portOf(release).service, app.namespace)], http: routes('mesh') }
            : { gateways: intent.gateways, hosts: intent.hosts, http: routes('gateways') },
      },
    );
  });
}

/** What every route of an app does beside leading somewhere. */
export function routeManners({ retries, timeout }: MeshIntent): Pick<MeshRouteManifest, 'retries' | 'timeout'> {
  return {
    ...(retries !== undefined && { retries: { attempts: retries, ...(retries > 0 && { retryOn: RETRY_ON }) } }),
    ...(timeout !== undefined && { timeout: `${timeout}s` }),
  };
}

/** A route that divides what it takes. */
export function split(
  [stable, candidate]: readonly [MeshDestinationManifest, MeshDestinationManifest],
  share: number,
): Pick<MeshRouteManifest, 'name' | 'route'> {
  return {
    name: SPLIT,
    route: [
      { destination: stable, weight: 100 - share },
      { destination: candidate, weight: share },
    ],
  };
}
