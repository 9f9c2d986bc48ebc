/**
 * What YAML cannot say and rules must know is written as an annotation, so that our own apps and foreign manifests are
 * judged by the same code, and a reviewer sees it.
 */
const PREFIX = 'cdk8s-patterns';

/** Worst time from the start of the process until it can serve (pod template, e.g. `45s`). */
export const STARTS_WITHIN = `${PREFIX}/starts-within`;
/** Longest work that is in flight when the pod is told to stop (pod template). */
export const DRAIN = `${PREFIX}/drain`;
/** The containers that a restart cures, although liveness asks what readiness asks (pod template, comma-separated). */
export const RESTART_CURES = `${PREFIX}/restart-cures`;
/** Containers in `containers[]` that are sidecars all the same (pod template, comma-separated). */
export const CLASSIC_SIDECARS = `${PREFIX}/classic-sidecars`;
/** How long sidecars take to stop, where it is not 5 s (pod template, e.g. `log-shipper=8s`). */
export const SIDECARS_STOP_WITHIN = `${PREFIX}/sidecars-stop-within`;
/** Sidecars that must be up before the app starts (pod template, comma-separated). */
export const STARTS_BEFORE_APP = `${PREFIX}/starts-before-app`;
/** Containers whose image has no shell and no tools (pod template, comma-separated). */
export const WITHOUT_SHELL = `${PREFIX}/without-shell`;
/** `worker`: the pods take work from somewhere else; nobody connects to them (pod template). */
export const ROLE = `${PREFIX}/role`;
/** `exits`: the worker ends itself on a fatal error, so that it needs no liveness probe (pod template). */
export const ON_FATAL = `${PREFIX}/on-fatal`;
/** Longest task of a worker that must not be cut off (pod template). */
export const LONGEST_TASK = `${PREFIX}/longest-task`;
/** `true`: a test environment; nothing here is meant to survive the loss of a node (workload). */
export const DISPOSABLE = `${PREFIX}/disposable`;
/** `true`: more than half of the pods must stay (budget). */
export const QUORUM = `${PREFIX}/quorum`;
/** The Services that the pods call (pod template, comma-separated). */
export const CALLS = `${PREFIX}/calls`;
/** How many requests an app gets in a second, in a quiet hour (Flagger's Canary). */
export const EXPECTS_PER_SECOND = `${PREFIX}/expects-per-second`;
/** How many connections a pod gets in a second, and how many are open at once (pod template, e.g. `50000/s 20000`). */
export const EXPECTS_CONNECTIONS = `${PREFIX}/expects-connections`;
/** The share of the requests, in percent, that the new version of an app is to have (workload). */
export const CANARY_PERCENT = `${PREFIX}/canary-percent`;
/** What the first installation of something that releases an app is: no canary (what the engine of a release reads). */
export const FIRST_INSTALLATION = `${PREFIX}/first-installation`;
/** Hash of the mounted configuration: a new one rolls the pods (pod template). */
export const CONFIG_HASH = `${PREFIX}/config-hash`;

/** Argo CD's: what has a later one is applied later, and deleted earlier. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

const ACKNOWLEDGE = `${PREFIX}/acknowledge.`;

/** The annotation that acknowledges the finding `id`; its value is the reason. */
export function acknowledgeKey(id: string): string {
  return ACKNOWLEDGE + id.replace('/', '.');
}

/** The finding id that the annotation `key` acknowledges, or undefined. */
export function acknowledgedId(key: string): string | undefined {
  return key.startsWith(ACKNOWLEDGE) ? key.slice(ACKNOWLEDGE.length).replace('.', '/') : undefined;
}

/** Seconds in the text of an annotation (`45s`, `2m`, `1h`), or undefined if it is none. */
export function parseSeconds(text: string | undefined): number | undefined {
  const match = text === undefined ? null : /^(\d{1,9})(s|m|h)$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * { s: 1, m: 60, h: 3600 }[match[2] as 's' | 'm' | 'h'];
}

/** The names in a comma-separated annotation. */
export function parseNames(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(',').flatMap((name) => name.trim() || []);
}
