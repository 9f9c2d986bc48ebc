import { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import * as annotations from '../values/annotations';
import { portNumber, whole } from '../values/bounds';
import { checkImage } from '../values/image';
import { invalid } from '../values/invalid';
import type { KubernetesVersion } from '../values/kubernetes-version';
import { INSTANCE_LABEL, NAME_LABEL } from '../values/labels';
import { checkAnnotations, checkLabels, dnsLabel, envName, portName } from '../values/names';
import { sizeQuantity } from '../values/quantity';
import type { ContainerProps, InitContainerOptions } from './container-props';
import type { HealthIntent } from './health-check';
import { contentHash, type MountOptions } from './mount-source';
import { absolutePath } from './paths';
import { type ProbesIntent, resolveProbes } from './probes';
import type { AppWorkloadProps } from './props';
import type { Scratch } from './scratch';
import { Shutdown } from './shutdown';
import type { Sidecar } from './sidecar';
import { planDelay, planStop, type StopPlan } from './stop';

/** A port of a container. */
export interface PortIntent {
  readonly name: string;
  readonly number: number;
}

/** A container in plain words. */
export interface ContainerIntent {
  readonly name: string;
  readonly props: ContainerProps;
  readonly ports: readonly PortIntent[];
  readonly env: readonly object[];
  readonly probes: ProbesIntent;
  readonly stop: StopPlan;
  readonly mounts: readonly MountIntent[];
}

/** A volume in a container. */
export interface MountIntent {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  readonly subPath?: string;
}

/** A pod in plain words. */
export interface PodIntent {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly props: AppWorkloadProps;
  readonly grace: number;
  readonly inits: readonly ContainerIntent[];
  readonly sidecars: readonly ContainerIntent[];
  readonly containers: readonly ContainerIntent[];
  readonly volumes: readonly { readonly name: string; readonly source: object }[];
  /** The nodes in whose network the pods are, one on each; undefined: they have networks of their own. */
  readonly onNodes?: readonly string[];
}

/** What was added to an app after it was made. */
export interface PodParts {
  readonly sidecars: Sidecar[];
  readonly inits: { readonly name: string; readonly options: InitContainerOptions }[];
  readonly scratches: Scratch[];
  readonly mounts: { readonly name: string; readonly options: MountOptions }[];
  readonly env: { readonly name: string; readonly value: kplus.EnvValue }[];
  readonly ports: PortIntent[];
}

/** What the form of the app (web app, worker, task) decides. */
export interface PodForm {
  readonly name: string;
  readonly kubernetes: KubernetesVersion;
  readonly ports: readonly PortIntent[];
  /** Solved for the app's container. */
  readonly probes: (delay: number) => ProbesIntent;
  readonly defaultDelay: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly completes: boolean;
}

/** Seconds that the grace period is longer than what has to fit into it. */
const MARGIN = 5;
/** Seconds that a sidecar takes to stop where it does not say. */
const SIDECAR_STOP = 5;
const TMP = Size.mebibytes(256);

/** Resolves what all forms have in common. */
export function resolvePod(form: PodForm, props: AppWorkloadProps, parts: PodParts): PodIntent {
  const { kubernetes } = form;
  const shutdown = (props.shutdown ?? Shutdown.graceful())._intent;
  const delay = shutdown.delay ?? form.defaultDelay;
  const native = parts.sidecars.filter((sidecar) => sidecar._isRestartable(kubernetes));
  const classic = parts.sidecars.filter((sidecar) => !native.includes(sidecar));
  if (form.completes && classic[0] !== undefined) {
    const problem = `sidecar ${classic[0].name} has the classic form, with which the task never completes`;
    throw invalid('addSidecar', problem, 'use Sidecar.restartable and a target of 1.29 or newer');
  }
  const stopped = { kubernetes, hasShell: props.hasShell ?? true, container: form.name };
  const main: ContainerIntent = {
    ...container(form.name, props),
    ports: checkPorts([...form.ports, ...parts.ports]),
    env: [...plainEnv(props), ...parts.env.map(({ name, value }) => ({ name, ...envSource(value) }))],
    probes: form.probes(delay),
    stop: planStop(shutdown, delay, stopped),
    mounts: [...tmpMount(form.name, props, 'tmp'), ...scratchMounts(parts.scratches), ...parts.mounts.map(mount)],
  };
  const intent: PodIntent = {
    labels: { [NAME_LABEL]: form.name, [INSTANCE_LABEL]: form.name, ...form.labels },
    annotations: {
      ...form.annotations,
      [annotations.DRAIN]: `${shutdown.drain}s`,
      ...partAnnotations(parts, classic, props, form.name),
    },
    serviceAccount: props.serviceAccount ?? form.name,
    props,
    grace: shutdown.grace ?? neededGrace(delay + shutdown.drain, native, classic),
    inits: parts.inits.map(({ name, options }) => ({
      ...container(name, options),
      mounts: sharedMounts(name, options, parts.scratches),
    })),
    sidecars: native.map((sidecar) => sidecarContainer(sidecar, undefined, kubernetes, parts)),
    containers: [
      main,
      ...classic.map((sidecar) => sidecarContainer(sidecar, delay + shutdown.drain, kubernetes, parts)),
    ],
    volumes: volumes(form.name, props, parts),
  };
  checkUser(props);
  checkTolerations(props);
  checkNames(intent);
  return intent;
}

/** The sum that has to fit between the request to stop and SIGKILL. */
function neededGrace(app: number, native: readonly Sidecar[], classic: readonly Sidecar[]): number {
  const together = Math.max(app, ...classic.map((sidecar) => app + sidecar._stopsWithin));
  return native.reduce((sum, sidecar) => sum + sidecar._stopsWithin, together) + MARGIN;
}

/** A classic sidecar gets a delay, so that it outlives the app; a restartable one is told to stop after it. */
function sidecarContainer(
  sidecar: Sidecar,
  delay: number | undefined,
  kubernetes: KubernetesVersion,
  { scratches }: PodParts,
): ContainerIntent {
  const { name, _options: options } = sidecar;
  const ports = checkPorts(Object.entries(options.ports ?? {}).map(([port, number]) => ({ name: port, number })));
  const health = options.health?._intent;
  if (health !== undefined) checkTools(`Sidecar ${name}`, health, name, options);
  // a heartbeat says whether the sidecar lives, everything else whether it is ready first
  const probes = health ? resolveProbes(health, { serves: !health.forWorkers, port: ports[0], delay: delay ?? 0 }) : {};
  const stopped = { kubernetes, hasShell: options.hasShell ?? true, container: name };
  return {
    ...container(name, options),
    ports,
    probes: { startup: probes.startup, liveness: probes.liveness },
    stop: delay === undefined ? {} : { preStop: planDelay(delay, stopped) },
    mounts: sharedMounts(name, options, scratches),
  };
}

function container(name: string, props: ContainerProps): Omit<ContainerIntent, 'mounts'> {
  checkImage(`${name}: image`, props.image);
  // no type forbids it where the program is run without being compiled
  if (props.resources === undefined) {
    throw invalid(
      `${name}: resources`,
      'is missing',
      'use Resources.request({ cpuMillis: 100, memory: Size.mebibytes(128) })',
    );
  }
  return { name, props, ports: [], env: plainEnv(props), probes: {}, stop: {} };
}

function plainEnv({ env = {} }: ContainerProps): object[] {
  return Object.entries(env).map(([name, value]) => ({ name: envName('env', name), value }));
}

function envSource({ value, valueFrom }: kplus.EnvValue): object {
  return valueFrom === undefined ? { value } : { valueFrom };
}

function mount({ name, options }: PodParts['mounts'][number]): MountIntent {
  const { writable = false, source, subPath } = options;
  if (writable && !source._intent.mayBeWritten) {
    throw invalid(`mount ${name}`, 'writable has no effect: configuration and secrets cannot be written', 'remove it');
  }
  return { name, mountPath: absolutePath(`mount ${name}: path`, options.path), readOnly: !writable, subPath };
}

function tmpMount(name: string, props: ContainerProps, volume = `${name}-tmp`): MountIntent[] {
  if (props.writableRoot && props.tmp !== undefined) {
    throw invalid(`${name}: tmp`, 'has no effect beside writableRoot: the process writes where it likes', 'remove one');
  }
  return props.writableRoot ? [] : [{ name: volume, mountPath: '/tmp', readOnly: false }];
}

function scratchMounts(scratches: readonly Scratch[]): MountIntent[] {
  return scratches.map(({ name, path }) => ({ name, mountPath: path, readOnly: false }));
}

function sharedMounts(name: string, options: InitContainerOptions, scratches: readonly Scratch[]): MountIntent[] {
  const { reads, writes } = options;
  const foreign = [reads, writes].find((scratch) => scratch !== undefined && !scratches.includes(scratch));
  if (foreign !== undefined) {
    throw invalid(
      name,
      `volume \`${foreign.name}\` belongs to another app`,
      'use what addScratch() of this app returned',
    );
  }
  return [
    ...(reads === undefined ? [] : [{ name: reads.name, mountPath: reads.path, readOnly: true }]),
    ...(writes === undefined ? [] : scratchMounts([writes])),
    ...tmpMount(name, options),
  ];
}

function volumes(app: string, props: ContainerProps, parts: PodParts): PodIntent['volumes'] {
  const others = [...parts.inits, ...parts.sidecars.map(({ name, _options: options }) => ({ name, options }))];
  return [
    ...tmpVolume('tmp', app, props),
    ...others.flatMap(({ name, options }) => tmpVolume(`${name}-tmp`, name, options)),
    ...parts.scratches.map(({ name, _emptyDir }) => ({ name, source: { emptyDir: _emptyDir } })),
    ...parts.mounts.map(({ name, options }) => ({ name, source: options.source._intent.volume(`${app}-${name}`) })),
  ];
}

function tmpVolume(name: string, owner: string, props: ContainerProps): { name: string; source: object }[] {
  if (props.writableRoot) return [];
  return [{ name, source: { emptyDir: { sizeLimit: sizeQuantity(`${owner}: tmp`, props.tmp ?? TMP) } } }];
}

function partAnnotations(
  parts: PodParts,
  classic: readonly Sidecar[],
  props: AppWorkloadProps,
  app: string,
): Record<string, string> {
  const slow = parts.sidecars.filter(({ _stopsWithin }) => _stopsWithin !== SIDECAR_STOP);
  const early = parts.sidecars.filter(({ _options }) => _options.startsBeforeApp);
  const containers = [{ name: app, props }, ...parts.sidecars.map(({ name, _options }) => ({ name, props: _options }))];
  const shellLess = containers.filter((one) => one.props.hasShell === false);
  const contents = parts.mounts.flatMap(({ options }) => options.source._intent.content?.() ?? []);
  const texts: [string, string][] = [
    [annotations.CLASSIC_SIDECARS, classic.map(({ name }) => name).join(',')],
    [annotations.SIDECARS_STOP_WITHIN, slow.map(({ name, _stopsWithin }) => `${name}=${_stopsWithin}s`).join(',')],
    [annotations.STARTS_BEFORE_APP, early.map(({ name }) => name).join(',')],
    [annotations.WITHOUT_SHELL, shellLess.map(({ name }) => name).join(',')],
    [annotations.CONFIG_HASH, contents.length === 0 ? '' : contentHash(contents)],
  ];
  const own = Object.fromEntries(texts.filter(([, value]) => value !== ''));
  return { ...own, ...checkAnnotations('podAnnotations', props.podAnnotations ?? {}) };
}

function checkPorts(ports: readonly PortIntent[]): readonly PortIntent[] {
  for (const [index, { name, number }] of ports.entries()) {
    portName('ports', name);
    portNumber(`port ${name}`, number);
    const twin = ports.slice(0, index).find((other) => other.name === name || other.number === number);
    if (twin === undefined) continue;
    throw invalid(
      'ports',
      `${name}: ${number} meets ${twin.name}: ${twin.number}`,
      'give each port one name and number',
    );
  }
  return ports;
}

function checkUser({ userId, groupId, volumeGroupId }: AppWorkloadProps): void {
  if (userId !== undefined) whole('userId', userId);
  if (groupId !== undefined) whole('groupId', groupId);
  if (volumeGroupId !== undefined) whole('volumeGroupId', volumeGroupId);
}

function checkTolerations({ tolerations = [] }: AppWorkloadProps): void {
  const keyless = tolerations.find(({ key, value }) => key === undefined && value !== undefined);
  if (keyless !== undefined) {
    throw invalid('tolerations', `value \`${keyless.value}\` has no effect without key`, 'give both, or neither');
  }
}

function checkNames({ inits, sidecars, containers, volumes: all }: PodIntent): void {
  unique(
    'container',
    [...inits, ...sidecars, ...containers].map(({ name }) => dnsLabel('container', name)),
  );
  unique(
    'volume',
    all.map(({ name }) => dnsLabel('volume', name)),
  );
  for (const { name, env, mounts } of [...inits, ...sidecars, ...containers]) {
    unique(
      `variable of ${name}`,
      env.map((entry) => (entry as { name: string }).name),
    );
    unique(
      `mount path of ${name}`,
      mounts.map(({ mountPath }) => mountPath),
    );
  }
}

function unique(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(what, `\`${twice}\` is there twice`, 'give each its own');
}

/** Refuses a check that needs what the image does not have. */
export function checkTools(where: string, health: HealthIntent, container: string, { hasShell }: ContainerProps): void {
  if (!health.needsShell || hasShell !== false) return;
  const problem = `${health.name} runs a shell and date, and the image of ${container} has none`;
  throw invalid(where, problem, "use HealthCheck.command(['/bin/check'])");
}

/** The labels that a user may add to pods, without those that decide what selects them. */
export function extraPodLabels(labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  const reserved = [NAME_LABEL, INSTANCE_LABEL].find((key) => key in labels);
  if (reserved !== undefined) throw invalid('podLabels', `\`${reserved}\` decides what selects the pods`, 'use name');
  return checkLabels('podLabels', labels);
}
