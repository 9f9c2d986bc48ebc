import { App, type AppProps } from 'cdk8s';
import type { Severity } from '../findings';
import { AppValidation } from '../validation';
import type { TargetCluster } from '../values';
import { AppTree } from './app-tree';
import { OutputFiles } from './output-files';
import { OutputFolder } from './output-folder';
import { WriteOrder } from './write-order';

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
  private readonly recordsMetadata: boolean;

  /**
   * Defines an app.
   *
   * @param props the target, what fails, and everything that a cdk8s app takes
   */
  public constructor(props: ProductionAppProps = {}) {
    super(props);
    this.validation = AppValidation._attach(this, props);
    const { recordConstructMetadata = process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true' } = props;
    this.recordsMetadata = recordConstructMetadata;
  }

  /**
   * Checks everything and writes the manifests to the output folder: all of them, or, if anything fails, none.
   *
   * @throws if a construct or a rule has an error, dependencies go round in a circle, or two files have one name
   */
  public synth(): void {
    const folder = new OutputFolder(this.outdir);
    try {
      this.synthesis((files) => {
        files.writeTo(folder);
        if (this.recordsMetadata) folder.write(files.metadata());
      });
      folder.publish();
    } catch (error) {
      folder.discard();
      throw error;
    }
  }

  /**
   * Checks everything and gives the manifests as one text.
   *
   * @throws if a construct or a rule has an error, or dependencies go round in a circle
   */
  public synthYaml(): string {
    return this.synthesis(({ text }) => text);
  }

  private synthesis<T>(write: (files: OutputFiles) => T): T {
    return this.validation._during(() => {
      this.validation._validate();
      const order = new WriteOrder(new AppTree(this));
      return write(new OutputFiles(this, order, (object) => this.validation._rendered(object)));
    });
  }
}
