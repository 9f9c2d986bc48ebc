import { type Chart, Duration, Size } from 'cdk8s';
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
  return new WebApp(chart, props.name ?? 'web', {
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

/** The test app as a web app: `env` sets how it starts, fails and stops (docs/cluster-tests.md). */
export function testApp(
  chart: Chart,
  nodes: Nodes,
  name: string,
  { env, ...props }: Partial<WebAppProps> = {},
): WebApp {
  return webApp(chart, nodes, {
    name,
    image: String(process.env.TEST_IMAGE),
    hasShell: false,
    health: HealthCheck.http('/readyz', { alivePath: '/healthz', startsWithin: Duration.seconds(20) }),
    env: { ON_TERM: 'drain', ...env },
    ...props,
  });
}
