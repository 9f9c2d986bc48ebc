import type { App } from 'cdk8s';
import { AppValidation, type ProductionValidationOptions } from './app-validation';
import type { ProductionValidationProperties } from './plugin-properties';

/**
 * The rules in `cdk8s synth`.
 *
 * In an app: `ProductionValidation.on(app)` judges everything that will be written, after all patches: our constructs, cdk8s-plus
 * objects, included files and Helm charts. Errors fail the synthesis, all of them at once; warnings go to stderr.
 *
 * As a validation plugin of cdk8s-cli it judges the files of all charts as one world. Name it in `cdk8s.yaml`:
 *
 * ```yaml
 * validations:
 *   - package: ./node_modules/cdk8s-patterns
 *     version: 0.0.0
 *     class: ProductionValidation
 *     properties: { kubernetes: '1.33', failOn: warning }
 * ```
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 */
export class ProductionValidation {
  /**
   * Attaches the checks to an app of your own; `ProductionApp` has them already.
   *
   * @param app any cdk8s app
   * @param options the target, and what fails
   */
  public static on(app: App, options: ProductionValidationOptions = {}): AppValidation {
    const validation = AppValidation._attach(app, options);
    const { synth, synthYaml } = app;
    app.synth = () => validation._during(() => synth.call(app));
    app.synthYaml = () => validation._during(() => synthYaml.call(app));
    return validation;
  }

  /**
   * The plugin; cdk8s-cli calls this.
   *
   * @param properties what stands under `properties` in `cdk8s.yaml`
   */
  public constructor(private readonly properties: ProductionValidationProperties = {}) {}

  /**
   * Judges the files that were synthesized; cdk8s-cli calls this.
   *
   * @param context cdk8s-cli's ValidationContext
   * @throws if a property is unknown or makes no sense, or a file cannot be read
   */
  public async validate(context: any): Promise<void> {
    // what reads YAML is loaded only here
    const plugin = require('./files/synth-plugin') as typeof import('./files/synth-plugin');
    plugin.validateFiles(context, this.properties);
  }
}
