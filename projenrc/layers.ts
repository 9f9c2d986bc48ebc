/**
 * The folders of lib/ in tiers, lowest first. A folder may import those of lower tiers; folders of one tier are siblings and
 * do not import each other. ARCHITECTURE.md holds the same table, and test/api/imports.test.ts compares.
 */
export const TIERS: readonly (readonly string[])[] = [
  ['values'],
  ['findings'],
  ['manifests'],
  ['facts'],
  ['rules'],
  ['validation'],
  ['synthesis'],
  ['availability', 'nodes'],
  ['app'],
  ['canary', 'network', 'secrets'],
  ['pipeline', 'serving'],
  ['testing'],
];

/** What a folder must not import, and what the lint says of it. */
export function restrictions(): {
  readonly layer: string;
  readonly forbidden: readonly string[];
  readonly message: string;
}[] {
  return TIERS.flatMap((tier, index) =>
    tier.map((layer) => {
      const lower = TIERS.slice(0, index).flat();
      const siblings = tier.filter((other) => other !== layer);
      const forbidden = [...siblings, ...TIERS.slice(index + 1).flat()];
      const message = `lib/${layer} may import only: ${lower.join(', ') || 'nothing of ours'} (ARCHITECTURE.md)`;
      return { layer, forbidden, message };
    }),
  ).filter(({ forbidden }) => forbidden.length > 0);
}
