import type { plus as Plus } from '../../lib/values/plus';

/** What `work` loads of cdk8s-plus-27, in a registry of modules of its own. */
function loads(work: () => unknown): { readonly count: number; readonly result: unknown } {
  let count = 0;
  let result: unknown;
  jest.isolateModules(() => {
    jest.doMock('cdk8s-plus-27', () => {
      count += 1;
      return { loaded: true };
    });
    result = work();
  });
  jest.dontMock('cdk8s-plus-27');
  return { count, result };
}

test('loading the library does not load cdk8s-plus-27', () => {
  const { count, result } = loads(() => require('../../lib').WebApp.name);
  expect(result).toBe('WebApp');
  expect(count).toBe(0);
});

test('plus() loads it', () => {
  const { count, result } = loads(() => (require('../../lib/values/plus') as { plus: typeof Plus }).plus());
  expect(result).toEqual({ loaded: true });
  expect(count).toBe(1);
});

test('plus() is cdk8s-plus-27 itself', () => {
  const { plus } = require('../../lib/values/plus') as { plus: typeof Plus };
  expect(plus()).toBe(require('cdk8s-plus-27'));
});
