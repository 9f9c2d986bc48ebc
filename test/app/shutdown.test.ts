import { Duration } from 'cdk8s';
import { Shutdown, StopStrategy } from '../../lib';
import { thrown } from '../support/apps';

const seconds = Duration.seconds;

test('drains 20 s with SIGTERM, and leaves delay and grace to what is stopped', () => {
  const { _intent } = Shutdown.graceful();
  expect(_intent).toEqual({ delay: undefined, drain: 20, grace: undefined, stop: {} });
  expect(Object.isFrozen(_intent)).toBe(true);
});

test('takes the times that are given, up to their bounds', () => {
  const given = { delay: seconds(1), drain: seconds(1), grace: seconds(1) };
  expect(Shutdown.graceful(given)._intent).toMatchObject({ delay: 1, drain: 1, grace: 1 });
  expect(Shutdown.graceful({ delay: Duration.minutes(10), drain: Duration.hours(2) })._intent).toMatchObject({
    delay: 600,
    drain: 7200,
  });
});

test.each([
  [{ delay: seconds(0) }, 'delay: 0s is outside 1s to 600s'],
  [{ delay: seconds(601) }, 'delay: 601s is outside 1s to 600s'],
  [{ delay: Duration.millis(1500) }, 'delay: 1500 ms is not a whole number of seconds; use Duration.seconds(...)'],
  [{ drain: seconds(0) }, 'drain: 0s is below 1s'],
  [{ drain: Duration.millis(500) }, 'drain: 500 ms is not a whole number of seconds; use Duration.seconds(...)'],
  [{ grace: seconds(0) }, 'grace: 0s is below 1s'],
])('refuses %j: %s', (options, message) => {
  expect(thrown(() => Shutdown.graceful(options))).toBe(`Shutdown.graceful: ${message}`);
});

describe('a stop strategy', () => {
  test.each([
    ['sigterm', StopStrategy.sigterm(), {}],
    ['signal', StopStrategy.signal('SIGQUIT'), { signal: 'SIGQUIT' }],
    ['a signal with a digit', StopStrategy.signal('SIGUSR1'), { signal: 'SIGUSR1' }],
    ['command', StopStrategy.command(['/bin/quit', '--within=10s']), { script: '/bin/quit --within=10s' }],
    [
      'a command with words that a shell would read',
      StopStrategy.command(['echo', 'a b', "it's", '$HOME', '']),
      { script: "echo 'a b' 'it'\\''s' '$HOME' ''" },
    ],
    [
      'nginx',
      StopStrategy.nginx(),
      { script: 'kill -s QUIT "$(cat /run/nginx.pid)"; while [ -e /run/nginx.pid ]; do sleep 1; done' },
    ],
    [
      'nginx with a file of its own',
      StopStrategy.nginx('/tmp/my nginx.pid'),
      { script: `kill -s QUIT "$(cat '/tmp/my nginx.pid')"; while [ -e '/tmp/my nginx.pid' ]; do sleep 1; done` },
    ],
  ])('%s is kept', (_, stop, intent) => {
    expect(Shutdown.graceful({ stop })._intent.stop).toEqual(intent);
    expect(Object.isFrozen(stop._intent)).toBe(true);
  });

  test.each(['QUIT', 'SIG', 'sigquit', 'SIGQUIT ', 'MYSIGQUIT', '3', 'SIGQUITT', 'SIGKILL', 'SIGSTOP'])(
    'refuses `%s` as a signal',
    (signal) => {
      expect(thrown(() => StopStrategy.signal(signal))).toBe(
        `StopStrategy.signal: \`${signal}\` is not the name of a signal that can be handled; use 'SIGQUIT'`,
      );
    },
  );

  test('refuses a command without words', () => {
    expect(thrown(() => StopStrategy.command([]))).toBe('StopStrategy.command: the command is empty');
  });
});
