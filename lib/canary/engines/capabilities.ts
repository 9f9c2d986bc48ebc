/** The engines, and what divides the requests where that can be chosen. */
export type EngineName =
  | 'replicaRatio'
  | 'istio'
  | 'gatewayApi'
  | 'argoRollouts'
  | 'argoRollouts with istio'
  | 'argoRollouts with gatewayApi'
  | 'flagger with istio'
  | 'flagger with gatewayApi';

/** What a release may ask for, in the words of the documentation. */
export const CAPABILITIES = {
  stages: 'a pipeline walks the stages',
  exactShare: 'the share does not depend on the number of pods',
  testers: "testers' requests go to the candidate",
  mirror: 'requests are copied to the candidate',
  pinning: 'callers of the new version reach the new version (`follows`)',
  autoscaler: 'an autoscaler may scale the app',
  workers: 'apps that nobody connects to',
  named: 'apps that are made elsewhere (`target`)',
  anyApproval: 'an approval before any step',
  unequalPauses: 'each pause may have its own length',
  gateOnce: 'a gate is asked where it stands, and only there',
  passesWithoutData: 'a gate may pass without data',
  templates: 'gates that other providers answer (`Gate.template`)',
  background: 'gates that are asked all along (`background`)',
} as const;

/** One column of the table. */
export type Capability = keyof typeof CAPABILITIES;

const PIPELINE = ['stages', 'anyApproval', 'unequalPauses', 'gateOnce', 'passesWithoutData'] as const;
const ARGO: readonly Capability[] = [
  'autoscaler',
  'named',
  'anyApproval',
  'unequalPauses',
  'gateOnce',
  'passesWithoutData',
  'templates',
  'background',
];
const FLAGGER = ['exactShare', 'autoscaler', 'named', 'templates'] as const;
const ROUTED = ['exactShare', 'testers'] as const;

/** Which engine can do what. */
export const ENGINES: Readonly<Record<EngineName, readonly Capability[]>> = {
  replicaRatio: [...PIPELINE, 'workers'],
  istio: [...PIPELINE, ...ROUTED, 'mirror', 'pinning', 'autoscaler'],
  gatewayApi: [...PIPELINE, ...ROUTED, 'mirror', 'autoscaler'],
  argoRollouts: [...ARGO, 'workers'],
  'argoRollouts with istio': [...ARGO, ...ROUTED, 'mirror'],
  'argoRollouts with gatewayApi': [...ARGO, ...ROUTED],
  'flagger with istio': FLAGGER,
  'flagger with gatewayApi': FLAGGER,
};

/** Whether an engine can do something. */
export function can(engine: EngineName, capability: Capability): boolean {
  return ENGINES[engine].includes(capability);
}

/** The engines that can do something. */
export function enginesThat(capability: Capability): readonly EngineName[] {
  return (Object.keys(ENGINES) as EngineName[]).filter((engine) => can(engine, capability));
}

/** The engines that can do something, as one writes them. */
export function callsThat(capability: Capability): string {
  return enginesThat(capability)
    .map((engine) => {
      const [name, router] = engine.split(' with ');
      return `CanaryEngine.${name}(${router === undefined ? '' : `{ router: CanaryEngine.${router}() }`})`;
    })
    .join(', ');
}
