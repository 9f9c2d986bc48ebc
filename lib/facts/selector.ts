import { below, type Fields, fields, list, text, textList, texts } from './read';

interface Requirement {
  readonly key: string;
  readonly operator: string | undefined;
  readonly values: readonly string[];
}

/** Labels that controllers put on single pods. */
export const SET_BY_CONTROLLERS: readonly string[] = [
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
];

/**
 * A label selector: `matchLabels` and `matchExpressions`, all of which must hold.
 *
 * Null selects nothing, an empty one selects everything.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export class Selector {
  /** From the field `selector` of a workload, a budget or a policy. */
  public static parse(value: unknown): Selector {
    if (value === undefined || value === null) return new Selector({}, [], true);
    const requirements = list(fields(value).matchExpressions).map((item) => ({
      key: text(fields(item).key) ?? '',
      operator: text(fields(item).operator),
      values: textList(fields(item).values),
    }));
    return new Selector(texts(below(value, 'matchLabels')), requirements, false);
  }

  /** From the plain labels that a Service selects; none means that somebody else fills in its endpoints. */
  public static ofLabels(value: unknown): Selector {
    const labels = texts(value);
    return new Selector(labels, [], Object.keys(labels).length === 0);
  }

  private constructor(
    public readonly labels: Readonly<Record<string, string>>,
    private readonly requirements: readonly Requirement[],
    /** Selects nothing, since it is not there. */
    public readonly isNull: boolean,
  ) {}

  /** Selects everything. */
  public get isEmpty(): boolean {
    return !this.isNull && Object.keys(this.labels).length === 0 && this.requirements.length === 0;
  }

  /** Names a label that controllers put on pods, so that no template shows whether it selects any. */
  public get seesNoTemplate(): boolean {
    const keys = [...Object.keys(this.labels), ...this.requirements.map(({ key }) => key)];
    return keys.some((key) => SET_BY_CONTROLLERS.includes(key));
  }

  /** Whether it selects something that bears `labels`. */
  public matches(labels: Readonly<Record<string, string>>): boolean {
    if (this.isNull) return false;
    for (const key of Object.keys(this.labels)) if (labels[key] !== this.labels[key]) return false;
    return this.requirements.every((requirement) => fulfils(labels, requirement));
  }

  /** `app=web, tier in (a, b)`. */
  public toString(): string {
    const labels = Object.entries(this.labels).map(([key, value]) => `${key}=${value}`);
    const requirements = this.requirements.map(
      ({ key, operator, values }) => `${key} ${operator}${values.length === 0 ? '' : ` (${values.join(', ')})`}`,
    );
    return [...labels, ...requirements].join(', ');
  }
}

function fulfils(labels: Fields, { key, operator, values }: Requirement): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return typeof value === 'string' && values.includes(value);
    case 'NotIn':
      return typeof value !== 'string' || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
