import { join } from 'node:path';
import { type ApiObject, type App, Chart, Names, YamlOutputType } from 'cdk8s';
import type { OutputFile, OutputFolder } from './output-folder';
import type { WriteOrder } from './write-order';
import { YamlWriter } from './yaml-writer';

/** Renders an object, or gives what it was rendered to before. */
export type Render = (object: ApiObject) => unknown;

const OTHER_CHART = 'give one of the charts another id';
const OTHER_OBJECT = 'use YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, or give one of the objects another name';
const OTHER_OBJECT_IN_CHART = 'put the objects in two charts, or give one of them another name';

/** The documents of an app, and which of them share a file. */
export class OutputFiles {
  private readonly yaml = new YamlWriter();

  public constructor(
    private readonly app: App,
    private readonly order: WriteOrder,
    private readonly render: Render,
  ) {}

  /** All documents as one text. */
  public get text(): string {
    let text = '';
    for (const part of this.textsOf(this.order.charts)) text += part;
    return text;
  }

  /** Writes everything that the app's output type asks for. */
  public writeTo(folder: OutputFolder): void {
    switch (this.app.yamlOutputType) {
      case YamlOutputType.FILE_PER_APP:
        if (this.order.charts.length > 0) this.write(folder, 'app', '', OTHER_CHART, this.textsOf(this.order.charts));
        break;
      case YamlOutputType.FILE_PER_CHART:
        for (const [name, chart] of this.named()) {
          this.write(folder, name, chart.node.path, OTHER_CHART, this.textsOf([chart]));
        }
        break;
      case YamlOutputType.FILE_PER_RESOURCE:
        for (const chart of this.order.charts) this.writeObjects(folder, chart);
        break;
      case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
        for (const [name, chart] of this.named()) this.writeFolder(folder, name, chart);
        break;
    }
  }

  /** Which construct made which object, as `construct-metadata.json`. */
  public metadata(): OutputFile {
    const resources: Record<string, { readonly path: string }> = {};
    for (const chart of this.order.charts) {
      for (const { name, node } of this.order.objectsOf(chart)) resources[name] = { path: node.path };
    }
    const texts = [JSON.stringify({ version: '1.0.0', resources })];
    return { name: 'construct-metadata.json', owner: '', fix: 'set another outputFileExtension', texts };
  }

  private writeObjects(folder: OutputFolder, chart: Chart): void {
    for (const document of this.documentsOf(chart)) {
      if (document === undefined) continue;
      const { kind, metadata } = document as any;
      this.write(folder, fileNameOf(kind, metadata.name), chart.node.path, OTHER_OBJECT, [
        this.yaml.document(document),
      ]);
    }
  }

  private writeFolder(folder: OutputFolder, name: string, chart: Chart): void {
    folder.folder(name);
    for (const object of this.order.objectsOf(chart)) {
      const file = join(name, fileNameOf(object.kind, object.metadata.name));
      const texts = [this.yaml.document(this.render(object))];
      this.write(folder, file, object.node.path, OTHER_OBJECT_IN_CHART, texts);
    }
  }

  private write(folder: OutputFolder, name: string, owner: string, fix: string, texts: Iterable<string>): void {
    folder.write({ name: name + this.app.outputFileExtension, owner, fix, texts });
  }

  private *textsOf(charts: readonly Chart[]): Iterable<string> {
    let isFirst = true;
    for (const chart of charts) {
      for (const document of this.documentsOf(chart)) {
        yield `${isFirst ? '' : '---\n'}${this.yaml.document(document)}`;
        isFirst = false;
      }
    }
  }

  /** What a chart writes; one whose class has a `toJson()` of its own says it itself. */
  private documentsOf(chart: Chart): readonly unknown[] {
    if (chart.toJson !== Chart.prototype.toJson) return Object.values(chart.toJson());
    return this.order.objectsOf(chart).map(this.render);
  }

  /** The charts, with a number in front where their order matters. */
  private *named(): Iterable<readonly [string, Chart]> {
    for (const [index, chart] of this.order.charts.entries()) {
      const name = Names.toDnsLabel(chart);
      yield [this.order.isNumbered ? `${String(index).padStart(4, '0')}-${name}` : name, chart];
    }
  }
}

function fileNameOf(kind: unknown, name: unknown): string {
  return `${kind}.${name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
