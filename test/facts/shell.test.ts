import { quitIn, scriptIn, statements } from '../../lib/facts/shell';

test.each([
  ['sh -c sleep 5', 'sleep 5'],
  ['/bin/sh -c sleep 5', 'sleep 5'],
  ['/usr/local/bin/bash -c sleep 5', 'sleep 5'],
  ['dash -c a', 'a'],
  ['ash -c a', 'a'],
  ['bash -ec a', 'a'],
  ['bash -ce a', 'a'],
  ['bash -e -c a', 'a'],
  ['bash -e -u -c a', 'a'],
  ['bash --login -c a', 'a'],
  ['bash -o pipefail -c a', 'a'],
  ['bash -euo pipefail -c a', 'a'],
  ['bash -o pipefail -ec a; b', 'a; b'],
  ['sh -c a\nb', 'a\nb'],
  ['sh -c\na', 'a'],
  ['sh -c sh -c a', 'sh -c a'],
])('%j calls a shell with the script %j', (line, script) => {
  expect(scriptIn(line)).toBe(script);
});

test.each([
  '',
  'sleep 5',
  'sh',
  'sh script.sh',
  'sh -e script.sh',
  'sh -c',
  'zsh -c a',
  'fish -c a',
  'xsh -c a',
  'env sh -c a',
  'python -c a',
  'sh  -c a',
  'sh --c- a',
])('%j calls no shell with a script', (line) => {
  expect(scriptIn(line)).toBeUndefined();
});

const texts = (script: string) => statements(script).map(({ text }) => text);

test.each([
  ['a; b', ['a', 'b']],
  ['a && b || c', ['a', 'b', 'c']],
  ['a | b & c', ['a', 'b', 'c']],
  ['a\nb\n\n  c  ', ['a', 'b', 'c']],
  ['', []],
  [' ; \n ', []],
  ['echo "a; b"; c', ['echo "a; b"', 'c']],
  ['echo "a \\" ; b"; c', ['echo "a \\" ; b"', 'c']],
  ["echo 'a; b'; c", ["echo 'a; b'", 'c']],
  ['echo `a; b`; c', ['echo `a; b`', 'c']],
  ['echo $(a; b); c', ['echo $(a; b)', 'c']],
  ['echo $(a $(b; c) d); e', ['echo $(a $(b; c) d)', 'e']],
  ['echo a\\;b; c', ['echo a\\;b', 'c']],
  ['a 2>&1; b', ['a 2>&1', 'b']],
  ['a <&3; b', ['a <&3', 'b']],
  ['a &>/dev/null; b', ['a &>/dev/null', 'b']],
  ['# a; b\nc', ['c']],
  ['a # b; c\nd', ['a', 'd']],
  ['a#b; c', ['a#b', 'c']],
  ['echo "# a"; b', ['echo "# a"', 'b']],
  ["echo '# a'; b", ["echo '# a'", 'b']],
  ['echo " # a"; b', ['echo " # a"', 'b']],
  ["echo ' # a'; b", ["echo ' # a'", 'b']],
  ['echo "\\" # a"; b', ['echo "\\" # a"', 'b']],
  ['echo "a\\\n # b"; c', ['echo "a\\\n # b"', 'c']],
  ['echo "a\\\n; b"; c', ['echo "a\\\n; b"', 'c']],
  ['a \\\nb; c', ['a \\\nb', 'c']],
  ['echo $(a $(bc) d; e); f', ['echo $(a $(bc) d; e)', 'f']],
])('%j is %j', (script, expected) => {
  expect(texts(script)).toStrictEqual(expected);
});

const loops = (script: string) => statements(script).map(({ text, inLoop }) => [text, inLoop]);

test('what stands in a loop is known as such, its head and its end included', () => {
  expect(loops('a; while b; do c; done; d')).toEqual([
    ['a', false],
    ['while b', true],
    ['do c', true],
    ['done', true],
    ['d', false],
  ]);
});

test.each(['while a', 'until a', 'for a in b', 'do while a', 'then until a', 'else for a in b', 'while\ta'])(
  '%j begins a loop',
  (head) => {
    expect(loops(`${head}; x`)).toEqual([
      [head, true],
      ['x', true],
    ]);
  },
);

test.each(['meanwhile a', 'whiles a', 'while', 'echo while a', 'fork a'])('%j begins no loop', (text) => {
  expect(loops(`${text}; x`)).toEqual([
    [text, false],
    ['x', false],
  ]);
});

test('an inner loop ends before the outer one', () => {
  expect(loops('while a; do for b in c; do d; done; e; done; f')).toEqual([
    ['while a', true],
    ['do for b in c', true],
    ['do d', true],
    ['done', true],
    ['e', true],
    ['done', true],
    ['f', false],
  ]);
});

test('only the word done ends a loop', () => {
  expect(loops('while a; do donee; x; done 2>&1; y').slice(2)).toEqual([
    ['x', true],
    ['done 2>&1', true],
    ['y', false],
  ]);
  expect(loops('while a; do b; undone; x')[3]).toEqual(['x', true]);
});

test.each([
  ['nginx -s quit', 'nginx -s quit'],
  ['nginx -s stop', 'nginx -s stop'],
  ['nginx -squit', 'nginx -squit'],
  ['/usr/sbin/nginx -s quit', 'nginx -s quit'],
  ['nginx -c /etc/nginx.conf -s quit', 'nginx -c /etc/nginx.conf -s quit'],
  ['exec nginx -s quit now', 'nginx -s quit'],
  ['apachectl graceful-stop', 'apachectl graceful-stop'],
  ['apachectl -k graceful-stop', 'apachectl -k graceful-stop'],
  ['apache2ctl stop', 'apache2ctl stop'],
  ['apache2 -k stop', 'apache2 -k stop'],
  ['httpd -k stop', 'httpd -k stop'],
  ['/usr/sbin/httpd -k stop', 'httpd -k stop'],
  ['kill 1', 'kill 1'],
  ['kill -TERM 1', 'kill -TERM 1'],
  ['kill -s TERM 1', 'kill -s TERM 1'],
  ['kill -15 1', 'kill -15 1'],
  ['kill  1', 'kill  1'],
  ['/bin/kill 1', 'kill 1'],
  ['pkill java', 'pkill java'],
  ['killall nginx', 'killall nginx'],
  ['kill -100 1', 'kill -100 1'],
  ['wget -qO- localhost:15020/quitquitquit', '/quitquitquit'],
])('%j quits by `%s`', (command, quit) => {
  expect(quitIn(command)).toBe(quit);
});

test.each([
  '',
  'sleep 5',
  'nginx -s reload',
  'nginx -s quitting',
  'nginx-s quit',
  'my-nginx -s quit',
  'xnginx -s quit',
  'nginx quit',
  'apachectl restart',
  'apachectl stopped',
  'my-httpd stop',
  'kill',
  'kill -HUP 1',
  'kill -SIGHUP 1',
  'kill -s HUP 1',
  'kill -s SIGUSR1 1',
  'kill -sHUP 1',
  'kill -s  HUP 1',
  'kill -0 1',
  'kill -1 1',
  'kill -10 1',
  'kill -USR1 1',
  'kill -12 1',
  'kill -USR2 1',
  'kill  -HUP 1',
  'skill 1',
  'my-kill 1',
  'killer 1',
  'wget localhost/quitquitquitter',
  'echo kill 1',
  'printf kill 1',
  'trap "kill 1" EXIT',
  'echo\tkill 1',
])('%j quits nothing', (command) => {
  expect(quitIn(command)).toBeUndefined();
});

test('only a command that begins with echo, printf or trap is harmless', () => {
  expect(quitIn('echoes kill 1')).toBe('kill 1');
  expect(quitIn('sudo echo kill 1')).toBe('kill 1');
});
