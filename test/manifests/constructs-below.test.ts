import { Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { constructsBelow } from '../../lib/manifests';

test('everything below a construct in the order of findAll(), itself first', () => {
  const app = Testing.app();
  for (const id of ['b', 'a', '10', '2']) {
    const child = new Construct(app, id);
    for (const part of ['x', '1']) new Construct(new Construct(child, part), 'leaf');
  }
  expect(constructsBelow(app)).toEqual(app.node.findAll());
  expect(constructsBelow(app)).toHaveLength(21);
});

test('a deep tree', () => {
  const app = Testing.app();
  let scope: Construct = app;
  for (let depth = 0; depth < 5_000; depth += 1) scope = new Construct(scope, 'x');
  expect(constructsBelow(app)).toHaveLength(5_001);
});
