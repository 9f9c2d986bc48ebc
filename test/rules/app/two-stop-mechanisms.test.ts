import { twoStopMechanisms as rule } from '../../../lib/rules/app/two-stop-mechanisms';
import { findingsOf, varied } from '../../support/rules';

const line = (quit: string) =>
  `Deployment web: app/two-stop-mechanisms: spec.template.spec.containers[0].lifecycle.preStop.exec.command: \`${quit}\` tells the process to stop, and SIGTERM follows at once, so that it may cut off what is to end in peace; leave \`${quit}\` out, and let stopSignal alone stop the process`;

test('names the command and the signal', () => {
  expect(findingsOf(rule, rule.bad)).toEqual([line('nginx -s quit')]);
});

const runs = (...command: string[]) =>
  findingsOf(rule, varied(rule.bad, '[sh, -c, "sleep 10; nginx -s quit"]', JSON.stringify(command)));

test.each([
  'nginx -s quit',
  'nginx -c /etc/nginx.conf -s stop',
  'apachectl graceful-stop',
  'apache2ctl -k graceful-stop',
  'apache2 -k stop',
  'httpd -k stop',
  'kill 1',
  'kill -TERM 1',
  'kill -s QUIT 1',
  'kill -TERM -1',
  'kill  1',
  'kill -15 1',
  'pkill nginx',
  'killall nginx',
  'pkill -f HUP',
])('`%s` is a way to stop, with or without a shell', (command) => {
  expect(runs(...command.split(' '))).toEqual([line(command)]);
  expect(runs('sh', '-c', `sleep 10 && ${command}`)).toEqual([line(command)]);
});

test('a request to quit is one', () => {
  expect(runs('curl', '-XPOST', 'http://127.0.0.1:15000/quitquitquit')).toEqual([line('/quitquitquit')]);
});

test.each([
  'nginx -s reload',
  'nginx -t',
  'my-nginx -s quit',
  'apachectl graceful',
  'apachectl configtest',
  'my-httpd -k stop',
  'kill -0 1',
  'kill -1 1',
  'kill -HUP 1',
  'kill -SIGHUP 1',
  'kill -s HUP 1',
  'kill -sHUP 1',
  'kill -USR1 1',
  'kill -10 1',
  'kill -USR2 1',
  'kill -12 1',
  'kill  -0 1',
  'pkill -HUP nginx',
  'graceful-kill 1',
  'kill',
  'skill 1',
  'echo kill 1',
  'printf kill 1',
  'trap kill 1',
  'curl http://127.0.0.1:15000/quitquitquitter',
  'curl http://127.0.0.1:15000/healthcheck/fail',
])('`%s` does not stop the process', (command) => {
  expect(runs(...command.split(' '))).toEqual([]);
});

test('a comment does nothing', () => {
  expect(runs('sh', '-c', 'sleep 10 # nginx -s quit')).toEqual([]);
});

test('a signal without a command, or a command without a signal, is one way', () => {
  expect(findingsOf(rule, rule.good)).toEqual([]);
  expect(findingsOf(rule, varied(rule.bad, 'stopSignal: SIGTERM, ', ''))).toEqual([]);
  expect(
    findingsOf(rule, varied(rule.bad, ', preStop: { exec: { command: [sh, -c, "sleep 10; nginx -s quit"] } }', '')),
  ).toEqual([]);
});

test('a target that drops the signal has one way left', () => {
  expect(findingsOf(rule, rule.bad, { kubernetes: '1.36' })).toEqual([]);
});
