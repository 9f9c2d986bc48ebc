import { invalid } from './invalid';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const LABEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** `name` if it is a DNS label (RFC 1123) of at most `max` characters. */
export function dnsLabel(where: string, name: string, max = 63): string {
  if (name.length > max) throw invalid(where, `\`${name}\` has ${name.length} characters, ${max} are allowed`);
  if (!DNS_LABEL.test(name)) {
    throw invalid(where, `\`${name}\` is not a DNS label`, 'use lower-case letters, digits and inner hyphens');
  }
  return name;
}

/** `host` if it is a DNS name, which may begin with `*.`. */
export function hostName(where: string, host: string): string {
  const labels = host.replace(/^\*\./, '').split('.');
  if (host.length > 253 || !labels.every((label) => label.length <= 63 && DNS_LABEL.test(label))) {
    throw invalid(where, `\`${host}\` is not a host name`, 'use `shop.example.com`, without scheme, port and path');
  }
  return host;
}

/** `url` if it is an address of HTTP. */
export function httpAddress(where: string, url: string): string {
  if (!/^https?:\/\/[^\s/]+(\/\S*)?$/.test(url)) {
    throw invalid(where, `\`${url}\` is not an address`, "use 'http://prometheus.monitoring:9090'");
  }
  return url;
}

/** `name` if it may name a port (IANA service name): at most 15 characters, one of them a letter. */
export function portName(where: string, name: string): string {
  if (name.length > 15) throw invalid(where, `\`${name}\` has ${name.length} characters, 15 are allowed`);
  if (!PORT_NAME.test(name)) {
    throw invalid(where, `\`${name}\` is not a port name`, 'use lower-case letters, digits and single inner hyphens');
  }
  return name;
}

/** `name` if it may name an environment variable. */
export function envName(where: string, name: string): string {
  if (!ENV_NAME.test(name)) throw invalid(where, `\`${name}\` is not the name of an environment variable`);
  return name;
}

/** `labels` if each key and value may be used as a label. */
export function checkLabels(where: string, labels: Readonly<Record<string, string>>): Record<string, string> {
  for (const [key, value] of Object.entries(labels)) {
    qualifiedName(where, key);
    if (value.length > 63 || !LABEL_VALUE.test(value)) {
      throw invalid(
        where,
        `\`${key}: ${value}\` is not a label value`,
        'use at most 63 letters, digits, `-`, `_` or `.`',
      );
    }
  }
  return { ...labels };
}

/** `annotations` if each key may be used as an annotation; values are free text. */
export function checkAnnotations(where: string, annotations: Readonly<Record<string, string>>): Record<string, string> {
  for (const key of Object.keys(annotations)) qualifiedName(where, key);
  return { ...annotations };
}

function qualifiedName(where: string, key: string): void {
  const parts = key.split('/');
  const name = parts[parts.length - 1] ?? '';
  const prefix = parts.length === 2 ? parts[0] : undefined;
  const prefixFits =
    prefix === undefined || (prefix.length <= 253 && prefix.split('.').every((p) => DNS_LABEL.test(p)));
  if (parts.length > 2 || !prefixFits || name.length > 63 || !LABEL_NAME.test(name)) {
    throw invalid(where, `\`${key}\` is not a qualified name`, 'use `name` or `dns.prefix/name`');
  }
}
