import type { Finding } from './finding';
import { formatReference } from './object-reference';

/** The finding without its construct path, which cdk8s prints itself: `<id>: <field>: <problem>; <fix>`. */
export function formatFinding(finding: Finding): string {
  return `${finding.id}: ${finding.field}: ${finding.problem}; ${finding.fix}`;
}

/** The finding with the object in front, for objects that no construct of ours made. */
export function formatForeign(finding: Finding): string {
  return `${formatReference(finding.object)}: ${formatFinding(finding)}`;
}

/** At most five items, and how many more there are. */
export function listed(items: readonly string[]): string {
  const more = items.length - 5;
  return items.slice(0, 5).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Labels as YAML on one line: `{ app: web, tier: front }`. */
export function flow(labels: Readonly<Record<string, string>>): string {
  return `{ ${Object.entries(labels)
    .map(([key, value]) => `${key}: ${/^[A-Za-z][\w./-]*$/.test(value) ? value : JSON.stringify(value)}`)
    .join(', ')} }`;
}

/** `1 pod`, `2 pods`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `port 80`, `ports 80, 443`. */
export function portsNamed(numbers: readonly number[]): string {
  return `port${numbers.length === 1 ? '' : 's'} ${listed(numbers.map(String))}`;
}
