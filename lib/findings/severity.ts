/** What a finding means for synthesis. */
export enum Severity {
  /** The manifests alone prove that a start, a roll-out or a drain fails, or that requests are lost: synthesis fails. */
  ERROR = 'error',
  /** Harm depends on something that the manifests cannot say: reported on stderr. */
  WARNING = 'warning',
  /** On trial: listed, never fails, and outside of the promise of stable ids. */
  DRAFT = 'draft',
}
