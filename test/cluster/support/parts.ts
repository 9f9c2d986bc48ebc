/** What a cluster may lack, and how to get it. */
export const PARTS = {
  controllers: 'a controller manager and a scheduler',
  'simulated nodes': 'KWOK that plays nodes labelled `type: simulated`',
  'real nodes': 'two or more nodes labelled `type: real` that run pods',
  'four real nodes': 'four or more nodes labelled `type: real` that run pods',
  'test app': 'TEST_IMAGE names the image of the test app',
  'next test app': 'TEST_CANDIDATE names another image of the test app',
  nginx: 'NGINX_IMAGE names an image with nginx and a shell',
  'mesh of files': 'RIG_ISTIO and RIG_ENVOY name what plays a mesh for files (rig-istio, Envoy)',
  'Argo Rollouts': 'the controller of Argo Rollouts',
  Flagger: 'the controller of Flagger, with RIG_MESH and RIG_PROMETHEUS for requests and their metrics',
  'policy evaluator': 'calico-eval, which asks Calico’s own libraries, on the PATH',
  packets: 'rig-packets on the PATH, with a node of Calico (RIG_FELIX_PID)',
  'Calico API': 'the API server of Calico',
  ClusterNetworkPolicy: 'the definition of ClusterNetworkPolicy (v1alpha2)',
  load: 'LOAD_NETWORK holds a command by which others reach the addresses of Services',
} as const;

/** A part of a cluster that a drill needs. */
export type Part = keyof typeof PARTS;

/** What a run found out of its cluster. */
export interface Found {
  /** Names the run and all that it makes. */
  readonly run: string;
  /** Where the API is. */
  readonly api: string;
  /** As the server says it, `v1.37.2`. */
  readonly server: string;
  /** The newest version that this library knows and the server can judge, `1.37`. */
  readonly newest: string;
  readonly parts: readonly Part[];
  /** What its real nodes run. */
  readonly node?: string;
  /** Whether the counts are those of the long form. */
  readonly long: boolean;
}

const VARIABLE = 'CLUSTER_FOUND';

/** Hands what was found to the tests. */
export function tell(found: Found): void {
  process.env[VARIABLE] = JSON.stringify(found);
}

/** What the run found out of its cluster. */
export function found(): Found {
  return JSON.parse(process.env[VARIABLE] ?? '{}');
}
