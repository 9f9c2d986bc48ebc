import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { constructsBelow } from '../manifests';

/** All constructs of an app, and the chart that each belongs to: the nearest one above it, or itself. */
export class AppTree {
  /** Parents first. */
  public readonly constructs: readonly IConstruct[];
  private readonly charts = new Map<IConstruct, Chart | undefined>();
  private readonly members = new Map<Chart, IConstruct[]>();

  public constructor(private readonly app: IConstruct) {
    this.constructs = constructsBelow(app);
    for (const construct of this.constructs) {
      const { scope } = construct.node;
      const chart = Chart.isChart(construct) ? (construct as Chart) : scope && this.charts.get(scope);
      this.charts.set(construct, chart);
      if (chart === construct) this.members.set(chart as Chart, [construct]);
      else if (chart !== undefined) this.members.get(chart)?.push(construct);
    }
  }

  /** Whether the construct is in this app. */
  public has(construct: IConstruct): boolean {
    return this.charts.has(construct);
  }

  /** The chart that the construct belongs to; throws as cdk8s does where there is none. */
  public chartOf(construct: IConstruct): Chart {
    return this.charts.get(construct) ?? Chart.of(construct);
  }

  /** What belongs to a chart, itself first. */
  public membersOf(chart: Chart): readonly IConstruct[] {
    return this.members.get(chart) ?? [];
  }

  /** The objects below a construct that belong to the same chart. */
  public objectsOf(construct: IConstruct): readonly ApiObject[] {
    const chart = this.chartOf(construct);
    const below = chart === construct ? this.membersOf(chart) : constructsBelow(construct);
    return below.filter((each) => ApiObject.isApiObject(each) && this.chartOf(each) === chart) as ApiObject[];
  }

  /** Whether a construct is a chart, or lies somewhere below it. */
  public isBelow(construct: IConstruct, chart: Chart): boolean {
    let at: IConstruct | undefined = construct;
    while (at !== undefined && at !== chart) at = at.node.scope;
    return at === chart;
  }

  /** From the chart of the construct down to the construct itself. */
  public pathInChart(construct: IConstruct): IConstruct[] {
    const path: IConstruct[] = [];
    const chart = this.chartOf(construct);
    for (
      let at: IConstruct | undefined = construct;
      at !== undefined && this.charts.get(at) === chart;
      at = at.node.scope
    ) {
      path.push(at);
    }
    return path.reverse();
  }

  /** The order in which cdk8s looks at constructs: its table of paths puts those that look like an index first. */
  public get byPath(): readonly IConstruct[] {
    const indices = this.app.node.children.filter(({ node }) => isIndex(node.id));
    return indices.length === 0 ? this.constructs : [...new Set([...indices, ...this.constructs])];
  }
}

function isIndex(key: string): boolean {
  return String(Number(key) >>> 0) === key && Number(key) < 2 ** 32 - 1;
}
