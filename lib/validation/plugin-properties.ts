/**
 * Options of the plugin in `cdk8s.yaml`, under `properties`.
 *
 * Versions are texts: YAML reads 1.30 without quotes as 1.3.
 */
export interface ProductionValidationProperties {
  /**
   * The Kubernetes release that the oldest node runs, for example `1.33`.
   *
   * @default - that of TargetCluster.of()
   */
  readonly kubernetes?: string;

  /**
   * How many nodes may run the apps, 1 or more.
   *
   * @default - unknown: nothing that depends on the number of nodes is judged
   */
  readonly nodes?: number;

  /**
   * The minor release of Istio, for example `1.30`.
   *
   * @default - unknown: rules that depend on it say so
   */
  readonly istio?: string;

  /**
   * A test cluster, where no rule asks for more than one pod.
   *
   * @default false
   */
  readonly disposable?: boolean;

  /**
   * The mildest severity that fails `cdk8s synth`: `error` or `warning`.
   *
   * @default 'error'
   */
  readonly failOn?: string;

  /**
   * The form of a report that is written beside what cdk8s prints: `text`, `json`, `sarif`, `gitlab` or `junit`; needs `output`.
   *
   * @default - no report is written
   */
  readonly format?: string;

  /**
   * The file of that report; needs `format`.
   *
   * @default - no report is written
   */
  readonly output?: string;

  /**
   * A file of what is accepted, and why, in the form of `.cdk8s-patterns.yaml`; for charts that others wrote.
   *
   * What is accepted in code (`Findings.acknowledge`) stands in the YAML and needs no file.
   *
   * @default - nothing is accepted beside that
   */
  readonly acknowledgements?: string;
}
