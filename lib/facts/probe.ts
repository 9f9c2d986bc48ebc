import { fields, int, list, text, textList } from './read';

const KINDS = ['httpGet', 'grpc', 'tcpSocket', 'exec'] as const;

/** How the kubelet asks a container, with Kubernetes' defaults filled in. */
export class ProbeFact {
  /** From one probe of a container; undefined if there is none. */
  public static read(value: unknown, field: string): ProbeFact | undefined {
    return value === undefined || value === null ? undefined : new ProbeFact(value, field);
  }

  public readonly initialDelay: number;
  public readonly period: number;
  public readonly timeout: number;
  public readonly failureThreshold: number;
  public readonly successThreshold: number;
  public readonly grace: number | undefined;
  /** The handler in a form that compares: equal texts ask the same. */
  public readonly handler: string;
  public readonly port: string | number | undefined;
  /** The host that the kubelet connects to, where it is not the pod; a header `Host` does not change that. */
  public readonly host: string | undefined;
  public readonly command: readonly string[];
  /** The field that says how; undefined where none does. */
  public readonly kind: (typeof KINDS)[number] | undefined;
  public readonly isGrpc: boolean;
  public readonly isExec: boolean;

  private constructor(
    value: unknown,
    public readonly field: string,
  ) {
    const probe = fields(value);
    this.initialDelay = int(probe.initialDelaySeconds) ?? 0;
    this.period = int(probe.periodSeconds) || 10;
    this.timeout = int(probe.timeoutSeconds) || 1;
    this.failureThreshold = int(probe.failureThreshold) || 3;
    this.successThreshold = int(probe.successThreshold) || 1;
    this.grace = int(probe.terminationGracePeriodSeconds);
    this.kind = KINDS.find((kind) => probe[kind] !== undefined && probe[kind] !== null);
    this.isGrpc = 'grpc' in probe;
    this.isExec = 'exec' in probe;
    const http = fields(probe.httpGet);
    const target = fields(probe.httpGet ?? probe.grpc ?? probe.tcpSocket);
    const port = target.port;
    this.port = typeof port === 'string' || typeof port === 'number' ? port : undefined;
    this.host = text(target.host) || undefined;
    this.command = textList(fields(probe.exec).command);
    this.handler = JSON.stringify([
      this.isExec ? this.command : this.isGrpc ? (text(target.service) ?? '') : text(http.path) || '/',
      probe.httpGet ? 'http' : this.isGrpc ? 'grpc' : this.isExec ? 'exec' : 'tcp',
      this.port ?? null,
      this.host ?? null,
      text(http.scheme) || 'HTTP',
      ...list(http.httpHeaders).map(header),
    ]);
  }

  /** Seconds from the start until the last failure at the latest: the kubelet acts at the last failure, not a period after it. */
  public get patience(): number {
    return this.initialDelay + (this.failureThreshold - 1) * this.period;
  }

  /** Seconds of continued failure after which the kubelet acts. */
  public get reaction(): number {
    return this.failureThreshold * this.period;
  }
}

function header(value: unknown): string {
  const { name, value: content } = fields(value);
  return `${text(name)?.toLowerCase()}: ${text(content)}`;
}
