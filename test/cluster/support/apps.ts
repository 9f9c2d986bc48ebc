import { type Chart, Size } from 'cdk8s';
import {
  HealthCheck,
  ManifestCheck,
  Resources,
  TargetCluster,
  type TargetClusterProps,
  WebApp,
  type WebAppProps,
} from '../../../lib';
import type { Manifest } from './api';
import type { Nodes } from './nodes';

/** How a simulated pod behaves, in seconds; a real one does not ask. */
const SIMULATED = { 'rig/ready-after': '1', 'rig/gone-after': '2' };

/** A web app on the nodes of a drill; `props` are what the drill is about. */
export function webApp(chart: Chart, nodes: Nodes, props: Partial<WebAppProps> = {}): WebApp {
  return new WebApp(chart, 'web', {
    image: 'registry.example.com/web:1.0.0',
    port: 8080,
    resources: Resources.request({ cpuMillis: 10, memory: Size.mebibytes(32) }),
    health: HealthCheck.http('/readyz', { alivePath: '/healthz' }),
    ...nodes.placement,
    ...props,
    podAnnotations: { ...SIMULATED, ...props.podAnnotations },
  });
}

/** Objects with another object in the place of each of a kind; undefined takes it out. */
export function replaced(
  manifests: readonly Manifest[],
  kind: string,
  change: (manifest: Manifest) => Manifest | undefined,
): Manifest[] {
  return manifests.flatMap((manifest) => {
    const other = manifest.kind === kind ? change(JSON.parse(JSON.stringify(manifest))) : manifest;
    return other === undefined ? [] : [other];
  });
}

/** The ids of what the rules say of objects. */
export function findingIds(manifests: readonly Manifest[], target: TargetClusterProps = {}): string[] {
  const { open } = ManifestCheck.of([...manifests], { target: TargetCluster.of(target) });
  return [...new Set(open.map(({ id }) => id))].sort();
}
