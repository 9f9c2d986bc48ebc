import { readFileSync } from 'node:fs';
import { runs } from '../support/command-line';

const HELP = `usage: cdk8s-patterns <command> [options]

  check    judge manifests, whoever wrote them
  explain  tell what a workload will do: start, roll-out, stop, drain
  reach    tell who may connect to whom, by all network policies
  rules    list all rules, or explain one

cdk8s-patterns <command> --help tells more. cdk8s-patterns --version prints the version.
`;

test.each(['--help', '-h', 'help'])('%s tells which commands there are', (word) => {
  expect(runs([word])).toEqual({ code: 0, out: HELP, error: '' });
});

test('every command that is told of has help of its own', () => {
  const names = [...HELP.matchAll(/^ {2}(\w+) /gm)].map(([, name = '']) => name);
  expect(names).toEqual(['check', 'explain', 'reach', 'rules']);
  for (const name of names) {
    const { code, out, error } = runs([name, '--help']);
    expect([code, out.split(' ').slice(0, 3), error]).toEqual([0, ['usage:', 'cdk8s-patterns', name], '']);
  }
});

test('--version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(runs(['--version'])).toEqual({ code: 0, out: `${version}\n`, error: '' });
});

test('no command: the help, on stderr, and it is no success', () => {
  expect(runs([])).toEqual({ code: 2, out: '', error: HELP });
});

test.each(['chekc', 'Check', 'constructor', '--quiet', 'check '])('%j is no command', (name) => {
  expect(runs([name, '.'])).toEqual({
    code: 2,
    out: '',
    error: `cdk8s-patterns: \`${name}\` is no command; use check, explain, reach, rules\n`,
  });
});

test('what follows belongs to the command', () => {
  expect(runs(['rules', '--version'])).toMatchObject({ code: 2, error: expect.stringContaining('unknown option') });
  expect(runs(['rules', 'help'])).toMatchObject({ code: 2, error: expect.stringContaining('`help` is no rule') });
});

test('a fault of ours is thrown, and not taken for bad usage', () => {
  const write = jest.spyOn(require('../../lib/validation/files/rule-page'), 'rulePage').mockImplementation(() => {
    throw new Error('a bug');
  });
  expect(() => runs(['rules', 'app/rollout-cannot-proceed'])).toThrow('a bug');
  write.mockRestore();
});
