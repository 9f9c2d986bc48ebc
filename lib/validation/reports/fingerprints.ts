import { createHash } from 'node:crypto';
import { formatReference } from '../../findings/object-reference';
import type { LocatedFinding } from '../report';

/**
 * What tells one finding from another, and stays when lines move: the same finding of the same object keeps it, so that a forge knows which are new.
 */
export function fingerprints(findings: readonly LocatedFinding[]): readonly string[] {
  return digests(
    findings.map(({ finding: { id, object, field }, file }) =>
      [id, file, object.apiVersion, formatReference(object), field].join('\n'),
    ),
  );
}

/** A digest of each key; equal keys are told apart by their order. */
export function digests(keys: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return createHash('sha256')
      .update(before === 0 ? key : `${key}\n${before}`)
      .digest('hex')
      .slice(0, 32);
  });
}
