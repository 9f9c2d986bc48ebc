import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { AppTree } from './app-tree';
import { Dependencies, isConstruct, type Vertex } from './dependencies';
import { topologicalOrder } from './topological-order';

/**
 * The order of charts and objects, the same as cdk8s's: depth first from what nothing depends on, each after what it depends on.
 *
 * cdk8s walks every path of dependencies, and the whole app once more for each chart; here everything is looked at once.
 */
export class WriteOrder {
  /** All charts, each after those that it depends on. */
  public readonly charts: readonly Chart[];
  private readonly dependencies: Dependencies;

  /** Throws if dependencies go round in a circle, or lead out of all charts. */
  public constructor(private readonly tree: AppTree) {
    this.dependencies = new Dependencies(tree);
    const order = this.dependencies.areNone ? tree.byPath : this.sort(tree.byPath);
    this.charts = order.filter((construct) => Chart.isChart(construct)) as Chart[];
  }

  /** Whether the charts have to be applied in their order, so that their files are numbered. */
  public get isNumbered(): boolean {
    return this.dependencies.areBetweenCharts;
  }

  /** The objects of a chart. */
  public objectsOf(chart: Chart): readonly ApiObject[] {
    const within = this.dependencies.within(chart);
    const order = within.length === 0 ? this.tree.membersOf(chart) : this.sort(within);
    return order.filter((one) => ApiObject.isApiObject(one) && this.tree.chartOf(one) === chart) as ApiObject[];
  }

  /** Sorts constructs by what they depend on among themselves. */
  private sort(all: readonly IConstruct[]): readonly IConstruct[] {
    const inside = new Set(all);
    const before = (vertex: Vertex) =>
      this.dependencies.before(vertex).filter((other) => {
        const [one] = isConstruct(other) ? [other] : other.objects;
        return one !== undefined && inside.has(one);
      });
    const waitedFor = new Set<Vertex>();
    for (const vertex of all.flatMap(before)) {
      if (waitedFor.has(vertex)) continue;
      waitedFor.add(vertex);
      for (const object of isConstruct(vertex) ? [] : vertex.objects) waitedFor.add(object);
    }
    const roots = all.filter((vertex) => !waitedFor.has(vertex));
    return topologicalOrder<Vertex>({ roots, all, before }, (cycle) => this.cycleError(cycle)).filter(isConstruct);
  }

  /** In the words of cdk8s, which begins behind the construct that comes last in the app. */
  private cycleError(vertices: readonly Vertex[]): Error {
    const cycle = vertices.filter(isConstruct);
    const members = new Set(cycle);
    const last = this.tree.constructs.filter((construct) => members.has(construct)).at(-1) as IConstruct;
    const begin = cycle.indexOf(last) + 1;
    const path = [...cycle.slice(begin), ...cycle.slice(0, begin)];
    const names = [...path, path[0] as IConstruct].map(({ node }) => node.path);
    return new Error(`Dependency cycle detected: ${names.join(' => ')}`);
  }
}
