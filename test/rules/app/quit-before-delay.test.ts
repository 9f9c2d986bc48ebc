import { quitBeforeDelay as rule } from '../../../lib/rules/app/quit-before-delay';
import { findingsOf, varied } from '../../support/rules';

const line = (quit: string, late: string) =>
  `Deployment web: app/quit-before-delay: spec.template.spec.containers[0].lifecycle.preStop.exec.command: \`${quit}\` comes before \`${late}\`, so that requests which arrive during the sleep are refused; put \`${late};\` before \`${quit}\``;

const command = (...words: string[]) =>
  findingsOf(rule, varied(rule.bad, '[sh, -c, "nginx -s quit; sleep 10"]', JSON.stringify(words)));
const script = (text: string) => command('sh', '-c', text);

test('names both commands in their wrong order', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line('nginx -s quit', 'sleep 10')]);
});

test.each([
  ['nginx -s quit && sleep 10', 'nginx -s quit', 'sleep 10'],
  ['nginx -s quit\nsleep 1m\n', 'nginx -s quit', 'sleep 1m'],
  ['nginx -s quit || true; sleep 5', 'nginx -s quit', 'sleep 5'],
  ['(nginx -s quit); (sleep 5)', 'nginx -s quit', 'sleep 5'],
  ['/usr/sbin/nginx -s stop; sleep $DELAY', 'nginx -s stop', 'sleep $DELAY'],
  ['apachectl -k graceful-stop; /bin/sleep 5', 'apachectl -k graceful-stop', 'sleep 5'],
  ['kill -TERM 1 & sleep 5; sleep 6', 'kill -TERM 1', 'sleep 5'],
  ['kill -QUIT $(cat /run/a.pid | head -1); sleep 5', 'kill -QUIT $(cat /run/a.pid | head -1)', 'sleep 5'],
  ['pkill -f "a;b"; sleep 5', 'pkill -f "a;b"', 'sleep 5'],
  ["pkill -f 'a;b'; sleep 5", "pkill -f 'a;b'", 'sleep 5'],
  ['kill `cat /a;b`; sleep 5', 'kill `cat /a;b`', 'sleep 5'],
  ['kill $(f $(g; h) i); sleep 5', 'kill $(f $(g; h) i)', 'sleep 5'],
  ['kill 1 2>&1; sleep 5', 'kill 1 2>&1', 'sleep 5'],
  ['kill 1 &>/dev/null; sleep 5', 'kill 1 &>/dev/null', 'sleep 5'],
  ['pkill a\\;b; sleep 5', 'pkill a\\;b', 'sleep 5'],
  ['curl localhost:15000/quitquitquit; sleep 5', '/quitquitquit', 'sleep 5'],
  ["# don't wait\nkill 1; sleep 5", 'kill 1', 'sleep 5'],
  ['pkill "a # b"; sleep 5', 'pkill "a # b"', 'sleep 5'],
  ["pkill 'a # b'; sleep 5", "pkill 'a # b'", 'sleep 5'],
  ['kill 1#; sleep 5', 'kill 1#', 'sleep 5'],
  ['pkill "a \\" # ;"; sleep 5', 'pkill "a \\" # ;"', 'sleep 5'],
  ['nginx -s quit; while [ -e /a ]; do sleep 1; done; sleep 5', 'nginx -s quit', 'sleep 5'],
  ['for a in b; do true; done\nnginx -s quit; sleep 5', 'nginx -s quit', 'sleep 5'],
])('%j quits too early', (text, quit, late) => {
  expect(script(text)).toEqual([line(quit, late)]);
});

test.each([
  'sleep 10; nginx -s quit',
  'sleep 10; nginx -s quit; while [ -e /run/nginx.pid ]; do sleep 1; done',
  'sleep 10; nginx -s quit; sleep 5',
  'nginx -s quit; while kill -0 1; do sleep 1; done',
  'nginx -s quit\nuntil [ ! -e /a ]\ndo\n  sleep 1\ndone',
  'nginx -s quit; for i in 1 2 3; do sleep 1; done',
  'nginx -s quit; if true; then while true; do sleep 1; done; fi',
  'nginx -s quit; if false; then true; else until true; do sleep 1; done; fi',
  'nginx -s quit; while a; do while b; do c; done; sleep 1; done',
  'nginx -s quit; while a; do for b in c; do d; done; sleep 1; done',
  'while kill -0 1; do sleep 1; done; sleep 5',
  'nginx -s quit',
  'nginx -s reload; sleep 10',
  'kill -HUP 1; sleep 10',
  'sleep 10 # nginx -s quit; sleep 5',
  '# nginx -s quit\nsleep 10',
  'echo "kill 1"; sleep 10',
  "trap 'kill 1' EXIT; sleep 10",
  'pkill "nosleep 5; sleep 5"',
  '',
])('%j is in order', (text) => {
  expect(script(text)).toEqual([]);
});

test('only a shell knows of two commands', () => {
  expect(command('nginx', '-s', 'quit', ';', 'sleep', '10')).toEqual([]);
  expect(command('/bin/bash', '-ec', 'kill 1; sleep 10')).toHaveLength(1);
});

test('another hook, or none, is left alone', () => {
  const hook = 'preStop: { exec: { command: [sh, -c, "nginx -s quit; sleep 10"] } }';
  expect(findingsOf(rule, varied(rule.bad, hook, 'preStop: { sleep: { seconds: 10 } }'))).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, hook, ''))).toEqual([]);
});
