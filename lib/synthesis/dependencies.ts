import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { push } from '../facts/label-index';
import { constructsBelow } from '../manifests';
import type { AppTree } from './app-tree';

/** All objects below a construct: one vertex, where cdk8s draws an edge to each of them. */
class Group {
  public constructor(public readonly objects: readonly ApiObject[]) {}
}

/** A construct, or several objects at once. */
export type Vertex = IConstruct | Group;

/** Whether a vertex is a construct. */
export function isConstruct(vertex: Vertex): vertex is IConstruct {
  return !(vertex instanceof Group);
}

/**
 * What has to be written before what, as cdk8s concludes it from `addDependency`: a construct after what it depends on, a chart
 * after its nested charts and after the charts that something in it depends on, and each object of a construct after all
 * objects of what the construct depends on.
 */
export class Dependencies {
  private readonly declared = new Map<IConstruct, readonly IConstruct[]>();
  private readonly between = new Map<Chart, Set<Chart>>();
  private readonly groups = new Map<IConstruct, Group>();
  /** What depends on something of a chart from within it, or from within a chart below it. */
  private readonly sources = new Map<Chart, IConstruct[]>();

  public constructor(private readonly tree: AppTree) {
    for (const construct of tree.constructs) {
      const { dependencies } = construct.node;
      if (dependencies.length > 0) this.declared.set(construct, dependencies);
      if (Chart.isChart(construct)) this.addNested(construct as Chart);
    }
    for (const [source, targets] of this.declared) {
      for (const target of targets) {
        const chart = tree.chartOf(target);
        this.addBetween(tree.chartOf(source), chart);
        if (tree.isBelow(source, chart)) push(this.sources, chart, source);
      }
    }
  }

  /** Whether nothing waits for anything. */
  public get areNone(): boolean {
    return this.declared.size === 0 && this.between.size === 0;
  }

  /** Whether some chart has to come after another. */
  public get areBetweenCharts(): boolean {
    return this.between.size > 0;
  }

  /** The constructs whose dependencies decide the order in a chart; none where it is just that of the tree. */
  public within(chart: Chart): readonly IConstruct[] {
    const sources = this.sources.get(chart) ?? [];
    if (sources.length === 0) return [];
    const members = this.tree.membersOf(chart);
    return sources.every((source) => this.tree.chartOf(source) === chart) ? members : constructsBelow(chart);
  }

  /** What comes before a vertex, in the order in which cdk8s would note it down. */
  public before(vertex: Vertex): readonly Vertex[] {
    if (vertex instanceof Group) return vertex.objects;
    const targets = this.targetsOf(vertex);
    return ApiObject.isApiObject(vertex) ? [...targets, ...this.inherited(vertex as ApiObject)] : targets;
  }

  private targetsOf(construct: IConstruct): readonly IConstruct[] {
    const declared = this.declared.get(construct) ?? [];
    const charts = Chart.isChart(construct) ? this.between.get(construct as Chart) : undefined;
    return charts === undefined ? declared : [...declared, ...charts];
  }

  /** What an object waits for because a construct around it does. */
  private inherited(object: ApiObject): Vertex[] {
    const around = this.tree.pathInChart(object);
    return around.flatMap((source) =>
      this.targetsOf(source)
        .filter((target) => this.tree.has(target))
        .flatMap((target): readonly Vertex[] => {
          const group = this.groupOf(target);
          return around.includes(target) ? group.objects.filter((other) => other !== object) : [group];
        }),
    );
  }

  private groupOf(construct: IConstruct): Group {
    const known = this.groups.get(construct);
    if (known !== undefined) return known;
    const group = new Group(this.tree.objectsOf(construct));
    this.groups.set(construct, group);
    return group;
  }

  private addNested(parent: Chart): void {
    for (const child of parent.node.children) {
      if (Chart.isChart(child)) this.addBetween(parent, child as Chart);
    }
  }

  private addBetween(source: Chart, target: Chart): void {
    if (source === target) return;
    const targets = this.between.get(source) ?? new Set<Chart>();
    this.between.set(source, targets.add(target));
  }
}
