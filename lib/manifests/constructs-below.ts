import type { IConstruct } from 'constructs';

/** `root` and all below it, parents first; like `findAll()` of constructs, but for trees of any depth. */
export function constructsBelow(root: IConstruct): IConstruct[] {
  const found: IConstruct[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next);
    const { children } = next.node;
    for (let index = children.length - 1; index >= 0; index -= 1) waiting.push(children[index] as IConstruct);
  }
  return found;
}
