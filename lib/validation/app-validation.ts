import { ApiObject, type App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Finding, Severity } from '../findings';
import { formatFinding, formatForeign } from '../findings/format';
import { constructsBelow, Renderings } from '../manifests';
import type { TargetCluster } from '../values';
import { AppCheck } from './app-check';
import { reaches } from './report';

/** How an app is checked. */
export interface ProductionValidationOptions {
  /**
   * The cluster that the app is for.
   *
   * @default - the target that the app or its charts have already, or TargetCluster.of()
   */
  readonly target?: TargetCluster;

  /**
   * The mildest severity that fails synthesis.
   *
   * @default Severity.ERROR
   */
  readonly failOn?: Severity;
}

const VALIDATION = Symbol.for('cdk8s-patterns.AppValidation');

/** The rules over one app, at `synth()` and `synthYaml()`. */
export class AppValidation {
  /**
   * Attaches the checks without touching the app's methods.
   *
   * @internal
   */
  public static _attach(app: App, options: ProductionValidationOptions): AppValidation {
    const marked = app as { [VALIDATION]?: AppValidation };
    if (marked[VALIDATION] !== undefined) throw new Error('ProductionValidation.on: the app is checked already');
    options.target?.useIn(app);
    const validation = new AppValidation(app, options.failOn ?? Severity.ERROR);
    Object.defineProperty(app, VALIDATION, { value: validation });
    return validation;
  }

  /**
   * The findings below a scope, whether its app is checked or not.
   *
   * @internal
   */
  public static _findingsBelow(scope: IConstruct): Finding[] {
    const check = new AppCheck(scope.node.root);
    return constructsBelow(scope).flatMap((construct) => check.of(construct));
  }

  private readonly attached = new Set<IConstruct>();
  private current: AppCheck | undefined;
  /** While constructs say what they have to say, and the rules wait for the end of it. */
  private isWaiting = false;

  private constructor(
    private readonly app: App,
    private readonly failOn: Severity,
  ) {
    app.node.addValidation({ validate: () => this.start() });
  }

  /** All findings of the app as it is now, the acknowledged ones too. */
  public findings(): Finding[] {
    return AppValidation._findingsBelow(this.app);
  }

  /**
   * Brackets a synthesis: the first validation in it renders and judges, whatever follows gets the same again.
   *
   * @internal
   */
  public _during<T>(synthesis: () => T): T {
    return Renderings.of(this.app).during(() => {
      this.current = undefined;
      try {
        return synthesis();
      } finally {
        this.warn();
        this.current = undefined;
      }
    });
  }

  /**
   * Validates everything, and throws all errors at once as cdk8s does. The rules come last, so that nothing changes after
   * them, and what they saw is what is written.
   *
   * @internal
   */
  public _validate(): void {
    const constructs = constructsBelow(this.app);
    const own = this.errorsOf(constructs);
    this.current = new AppCheck(this.app);
    const errors = constructs.flatMap((construct) => {
      const all = [...(own.get(construct) ?? []), ...this.share(construct)];
      return all.map((error) => `[${construct.node.path}] ${error}`);
    });
    if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }

  /**
   * What an object was rendered to when it was judged.
   *
   * @internal
   */
  public _rendered(object: ApiObject): unknown {
    return Renderings.of(this.app).reuse(object) ?? object.toJson();
  }

  private errorsOf(constructs: readonly IConstruct[]): Map<IConstruct, readonly string[]> {
    this.isWaiting = true;
    try {
      const errors = new Map<IConstruct, readonly string[]>();
      for (const construct of constructs) {
        const own = construct.node.validate();
        if (own.length > 0) errors.set(construct, own);
      }
      return errors;
    } finally {
      this.isWaiting = false;
    }
  }

  /** cdk8s validates the root first: this is the begin of a pass. */
  private start(): string[] {
    if (this.isWaiting) return [];
    const keeps = Renderings.of(this.app).areKept;
    if (!keeps || this.current === undefined) this.current = new AppCheck(this.app);
    for (const construct of this.current.constructs) {
      if (construct === this.app || this.attached.has(construct)) continue;
      this.attached.add(construct);
      construct.node.addValidation({ validate: () => (this.isWaiting ? [] : this.share(construct)) });
    }
    return this.share(this.app);
  }

  /** What cdk8s prints of a construct, with its path in front. */
  private share(construct: IConstruct): string[] {
    const failing = (this.current?.of(construct) ?? []).filter((finding) => this.fails(finding));
    return failing.map((finding) => describe(construct, finding));
  }

  private fails(finding: Finding): boolean {
    return finding.acknowledged === undefined && reaches(finding.severity, this.failOn);
  }

  private warn(): void {
    const lines: string[] = [];
    for (const construct of this.current?.constructs ?? []) {
      for (const finding of this.current?.of(construct) ?? []) {
        if (finding.acknowledged !== undefined || this.fails(finding)) continue;
        lines.push(`${finding.severity} [${construct.node.path}] ${describe(construct, finding)}\n`);
      }
    }
    if (lines.length > 0) process.stderr.write(lines.join(''));
  }
}

/** A construct of ours says which object is meant; of a foreign object one has to say it. */
function describe(construct: IConstruct, finding: Finding): string {
  return ApiObject.isApiObject(construct) ? formatForeign(finding) : formatFinding(finding);
}
