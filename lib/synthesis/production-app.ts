import { App, type AppProps } from 'cdk8s';
import type { Severity } from '../findings';
import { AppValidation } from '../validation';
import type { TargetCluster } from '../values';

/** An app, the cluster that it is for, and how it is checked. */
export interface ProductionAppProps extends AppProps {
  /**
   * The cluster that the app is for.
   *
   * @default TargetCluster.of()
   */
  readonly target?: TargetCluster;

  /**
   * The mildest severity that fails synthesis.
   *
   * @default Severity.ERROR
   */
  readonly failOn?: Severity;
}

/**
 * A cdk8s app that knows its cluster and is checked when it is synthesized.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { KubernetesVersion, ProductionApp, TargetCluster } from 'cdk8s-patterns';
 *
 * const app = new ProductionApp({ target: TargetCluster.of({ kubernetes: KubernetesVersion.V1_33 }) });
 * new Chart(app, 'shop', { namespace: 'shop' });
 * app.synth();
 */
export class ProductionApp extends App {
  private readonly validation: AppValidation;

  /**
   * Defines an app.
   *
   * @param props the target, what fails, and everything that a cdk8s app takes
   */
  public constructor(props: ProductionAppProps = {}) {
    super(props);
    this.validation = AppValidation._attach(this, props);
  }

  /** Checks everything and writes the manifests to the output folder. */
  public synth(): void {
    this.validation._during(() => super.synth());
  }

  /** Checks everything and gives the manifests as one text. */
  public synthYaml(): string {
    return this.validation._during(() => super.synthYaml());
  }
}
