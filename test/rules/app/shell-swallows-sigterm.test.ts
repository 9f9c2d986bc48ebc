import { shellSwallowsSigterm as rule } from '../../../lib/rules/app/shell-swallows-sigterm';
import { findingsOf, varied } from '../../support/rules';

const line = (field: string, commands: number, grace: number) =>
  `Deployment web: app/shell-swallows-sigterm: spec.template.spec.${field}: a shell with ${commands} commands may stay process 1 and keeps SIGTERM to itself, so that the app is killed after ${grace}s; write \`exec\` before the last command if that is the app; otherwise let the script trap TERM, or start an init such as tini`;

const COMMAND = 'command: [sh, -c, "migrate && node server.js"]';
const command = (...words: string[]) =>
  findingsOf(rule, varied(rule.bad, COMMAND, `command: ${JSON.stringify(words)}`));
const script = (text: string) => command('sh', '-c', text);

test('says how many commands the shell has and when the app is killed', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line('containers[0].command', 2, 30)]);
  const grace = varied(rule.bad, '      containers:', '      terminationGracePeriodSeconds: 45\n      containers:');
  expect(findingsOf(rule, grace)).toEqual([line('containers[0].command', 2, 45)]);
});

test('the script may stand in args, with the shell or without', () => {
  const whole = varied(rule.bad, COMMAND, 'args: [sh, -c, "migrate && node server.js"]');
  expect(findingsOf(rule, whole)).toEqual([line('containers[0].args', 2, 30)]);
  const split = varied(rule.bad, COMMAND, 'command: [sh, -c], args: ["migrate; node server.js"]');
  expect(findingsOf(rule, split)).toEqual([line('containers[0].command', 2, 30)]);
});

test.each([
  ['migrate; node server.js', 2],
  ['migrate\nnode server.js\n', 2],
  ['migrate || true; node server.js', 3],
  ['node server.js | tee log', 2],
  ['node server.js & wait', 2],
  ['set -e\n# comment\nmigrate\n\nnode server.js', 3],
  ['exec 2>&1; node server.js', 2],
  ['exec migrate; node server.js', 2],
  ['su-exec app migrate; su-exec app node', 2],
  ['while true; do work; done', 3],
  ['if true; then migrate; fi; node server.js', 4],
  ['if true; then node a.js; fi', 3],
  ['migrate; trapped', 2],
  ['migrate; do-trap x', 2],
  ['migrate; fish', 2],
  ['exec migrate; fish', 2],
])('%j waits for its last command', (text, commands) => {
  expect(script(text)).toEqual([line('containers[0].command', commands, 30)]);
});

test.each([
  'migrate && exec node server.js',
  'migrate; FOO=1 exec node server.js',
  'migrate; exec node server.js;',
  'migrate\nexec "$@"',
  'if [ -e a ]; then exec node a.js; else exec node b.js; fi',
  'case a in b) exec node b.js ;; esac',
  'while a; do exec b; done',
  '{ migrate; exec node a.js; }',
  '( migrate; exec node a.js\n)',
  'trap stop TERM; node server.js & wait',
  'node server.js & trap stop TERM; wait',
  'true && trap stop TERM; node server.js',
  'if true; then trap stop TERM; fi; node server.js',
])('%j hands the signal on', (text) => {
  expect(script(text)).toEqual([]);
});

test.each([
  'node server.js',
  'node server.js\n',
  'node server.js;',
  "nginx -g 'daemon off;'",
  'nginx -g "daemon off;"',
  'node server.js 2>&1',
  'node server.js &>/log',
  'java $(cat opts | tr a b) -jar app.jar',
  'java `cat opts | tr a b` -jar app.jar',
  'node \\\n  server.js',
  '# first; second\nnode server.js',
  '',
])('%j is one command, by which shells replace themselves', (text) => {
  expect(script(text)).toEqual([]);
});

test.each([
  [['/bin/sh', '-c'], 1],
  [['bash', '-ec'], 1],
  [['/usr/bin/ash', '-c'], 1],
  [['dash', '-ce'], 1],
  [['bash', '-e', '-c'], 1],
  [['bash', '-euo', 'pipefail', '-c'], 1],
  [['bash', '-o', 'pipefail', '-c'], 1],
  [['bash', '--login', '-c'], 1],
  [['bash', '--no-profile', '-e', '-c'], 1],
  [['bash', '-x'], 0],
  [['sh', '/entry.sh', '-c'], 0],
  [['python', '-c'], 0],
  [['fish', '-c'], 0],
  [['tini', '--', 'sh', '-c'], 0],
  [['my-bash', '-c'], 0],
])('%j with a script of two commands: %i findings', (words, count) => {
  expect(command(...words, 'migrate; node server.js')).toHaveLength(count);
});

test('work that ends by itself is not stopped', () => {
  const job = varied(varied(rule.bad, 'apps/v1', 'batch/v1'), 'kind: Deployment', 'kind: Job');
  expect(findingsOf(rule, job)).toEqual([]);
  const cron = `
apiVersion: batch/v1
kind: CronJob
metadata: { name: web }
spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: web, image: "web:1.0", ${COMMAND} }] } } } } }
`;
  expect(findingsOf(rule, cron)).toEqual([]);
});

test('an init container that ends is left alone, a sidecar is not', () => {
  const init = (always: string) =>
    varied(
      rule.good,
      '      containers:',
      `      initContainers: [{ name: log, image: "log:1.0", ${COMMAND}${always} }]\n      containers:`,
    );
  expect(findingsOf(rule, init(''))).toEqual([]);
  expect(findingsOf(rule, init(', restartPolicy: Always'))).toEqual([line('initContainers[0].command', 2, 30)]);
});

test("the image's own command is not known", () => {
  expect(findingsOf(rule, varied(rule.bad, COMMAND, 'tty: false'))).toEqual([]);
});
