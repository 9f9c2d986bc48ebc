import type { ServicePort } from './service';

const HTTP = ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'];
const KNOWN = [...HTTP, 'https', 'tls', 'tcp', 'udp', 'mongo', 'mysql', 'redis'];
const OF_KUBERNETES: Readonly<Record<string, string>> = {
  'kubernetes.io/h2c': 'http2',
  'kubernetes.io/ws': 'http',
  'kubernetes.io/wss': 'https',
};
/** Ports of protocols in which the server speaks first, so that nothing can be guessed. */
const NEVER_GUESSED: readonly unknown[] = [25, 53, 3306, 27017];

/**
 * What Istio takes a Service's port for, by its `appProtocol`, else by the first word of its name; undefined means that it guesses from the first bytes
 * of each connection.
 *
 * @see https://github.com/istio/istio/blob/1.30.0/pkg/config/kube/conversion.go ConvertProtocol
 */
export function protocolOf({ name, number, protocol, appProtocol }: ServicePort): string | undefined {
  if (protocol === 'UDP') return 'udp';
  const written = appProtocol === undefined ? (name ?? '') : (OF_KUBERNETES[appProtocol] ?? appProtocol);
  const lower = written.toLowerCase();
  const word = lower.startsWith('grpc-web') ? 'grpc-web' : (lower.split('-', 1)[0] as string);
  if (KNOWN.includes(word)) return word;
  return NEVER_GUESSED.includes(number) ? 'tcp' : undefined;
}

/** Whether routes of HTTP hold for sure on a port of this protocol. */
export function carriesHttp(protocol: string | undefined): boolean {
  return protocol !== undefined && HTTP.includes(protocol);
}
