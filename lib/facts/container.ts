import { type ImageReference, parseImage } from '../values/image';
import { ProbeFact } from './probe';
import { type Fields, fields, int, list, text, textList } from './read';
import { quitIn, scriptIn } from './shell';

/** A port that a container declares. */
export interface ContainerPort {
  readonly field: string;
  readonly name: string | undefined;
  readonly number: number;
  readonly protocol: string;
  /** The port of the node that it takes; undefined for none, unless the pod is in the network of its node. */
  readonly hostPort: number | undefined;
}

/** What runs before the container is told to stop. */
export interface PreStop {
  readonly field: string;
  /** Seconds that it sleeps, as far as one can read them; 0 if it does not. */
  readonly seconds: number;
  readonly isSleep: boolean;
  readonly isExec: boolean;
  /** Whether the manifest says how long it takes: not of a request, of somebody's own program, or of a time from elsewhere. */
  readonly isKnown: boolean;
  /** The command as one line. */
  readonly command: string;
}

/** A volume as one container sees it. */
export interface Mount {
  readonly volume: string;
  readonly readOnly: boolean;
  /** The folder of the volume that it sees; undefined means all of it. */
  readonly subPath: string | undefined;
}

/** An environment variable whose value is written. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** One container of a pod. */
export class ContainerFact {
  public readonly name: string;
  public readonly image: ImageReference;
  public readonly imageText: string;
  public readonly ports: readonly ContainerPort[];
  public readonly startup: ProbeFact | undefined;
  public readonly readiness: ProbeFact | undefined;
  public readonly liveness: ProbeFact | undefined;
  /** The probes that there are. */
  public readonly probes: readonly ProbeFact[];
  public readonly preStop: PreStop | undefined;
  public readonly stopSignal: string | undefined;
  /** `restartPolicy: Always` on an init container: it runs beside the app. */
  public readonly restartsAlways: boolean;
  public readonly requests: Fields;
  public readonly limits: Fields;
  public readonly mounts: readonly Mount[];
  /** `command` and `args`, joined. */
  public readonly command: readonly string[];
  /** The field that `command` begins with. */
  public readonly commandField: string;
  /** The texts of `env` values. */
  public readonly environment: readonly string[];
  public readonly variables: readonly Variable[];

  public constructor(
    manifest: unknown,
    public readonly field: string,
  ) {
    const container = fields(manifest);
    const lifecycle = fields(container.lifecycle);
    this.name = text(container.name) ?? '';
    this.imageText = text(container.image) ?? '';
    this.image = parseImage(this.imageText);
    this.ports = list(container.ports).flatMap((port, index) => readPort(port, `${field}.ports[${index}]`));
    this.startup = ProbeFact.read(container.startupProbe, `${field}.startupProbe`);
    this.readiness = ProbeFact.read(container.readinessProbe, `${field}.readinessProbe`);
    this.liveness = ProbeFact.read(container.livenessProbe, `${field}.livenessProbe`);
    this.probes = [this.startup, this.readiness, this.liveness].filter((probe) => probe !== undefined);
    this.preStop = readPreStop(lifecycle.preStop, `${field}.lifecycle.preStop`);
    this.stopSignal = text(lifecycle.stopSignal);
    this.restartsAlways = container.restartPolicy === 'Always';
    this.requests = fields(fields(container.resources).requests);
    this.limits = fields(fields(container.resources).limits);
    this.mounts = list(container.volumeMounts).map((mount) => ({
      volume: text(fields(mount).name) ?? '',
      readOnly: fields(mount).readOnly === true,
      subPath: text(fields(mount).subPath) ?? text(fields(mount).subPathExpr),
    }));
    this.command = [...textList(container.command), ...textList(container.args)];
    this.commandField = `${field}.${textList(container.command).length > 0 ? 'command' : 'args'}`;
    this.environment = list(container.env).flatMap((item) => text(fields(item).value) ?? []);
    this.variables = list(container.env).flatMap(readVariable);
  }

  /** Seconds that it goes on working after the pod was told to stop; undefined where a command takes them from elsewhere. */
  public get delay(): number | undefined {
    if (this.preStop === undefined) return 0;
    return this.preStop.isKnown ? this.preStop.seconds : undefined;
  }

  /** Whether a port of this name or number is declared. */
  public declares(port: string | number): boolean {
    return this.ports.some((declared) => declared.name === port || declared.number === port);
  }
}

function readPort(value: unknown, field: string): ContainerPort[] {
  const { name, containerPort, protocol, hostPort } = fields(value);
  const number = int(containerPort);
  if (number === undefined) return [];
  return [{ field, name: text(name), number, protocol: text(protocol) || 'TCP', hostPort: int(hostPort) }];
}

function readVariable(item: unknown): Variable[] {
  const { name, value } = fields(item);
  return typeof value === 'string' ? [{ name: text(name) ?? '', value }] : [];
}

function readPreStop(value: unknown, field: string): PreStop | undefined {
  if (value === undefined || value === null) return undefined;
  const hook = fields(value);
  const words = textList(fields(hook.exec).command);
  const command = words.join(' ');
  const sleep = int(fields(hook.sleep).seconds);
  return {
    field,
    seconds: sleep ?? sleepIn(command),
    isSleep: 'sleep' in hook,
    isExec: 'exec' in hook,
    isKnown: !('httpGet' in hook) && (words.length === 0 || isUnderstood(words[0] ?? '', command)),
    command,
  };
}

/** Whether a command is a shell's, a sleep, or one that tells a server to stop. */
function isUnderstood(program: string, command: string): boolean {
  if (/\bsleep\b\s*[^\s\d]/.test(command)) return false;
  return /(?:^|\/)sleep$/.test(program) || scriptIn(command) !== undefined || quitIn(command) !== undefined;
}

/** The seconds of all `sleep N` in a command; other commands count as immediate. */
function sleepIn(command: string): number {
  let total = 0;
  for (const [, amount, unit] of command.matchAll(/\bsleep\s+(\d+)([smh]?)\b/g)) {
    total += Number(amount) * (unit === 'h' ? 3600 : unit === 'm' ? 60 : 1);
  }
  return total;
}
