import { Duration } from 'cdk8s';
import { HealthCheck } from '../../lib';
import { defaultRestart, shortestPeriod } from '../../lib/app/health-check';
import { thrown } from '../support/apps';

const seconds = Duration.seconds;
const DEFAULTS = {
  alive: undefined,
  startsWithin: 60,
  restartsWithin: undefined,
  timeout: 2,
  restartCures: false,
  exitsOnFatal: false,
  forWorkers: false,
  needsShell: false,
};
const http = (path: string, kind = 'http') => ({ kind, path, port: undefined, headers: {} });

describe('with nothing but what is asked, a check', () => {
  test.each([
    ['http', HealthCheck.http('/ready'), { name: 'HealthCheck.http', ready: http('/ready') }],
    ['https', HealthCheck.https('/ready'), { name: 'HealthCheck.https', ready: http('/ready', 'https') }],
    [
      'grpc',
      HealthCheck.grpc(),
      { name: 'HealthCheck.grpc', ready: { kind: 'grpc', service: undefined, port: undefined } },
    ],
    ['tcp', HealthCheck.tcp(), { name: 'HealthCheck.tcp', ready: { kind: 'tcp' } }],
    [
      'command',
      HealthCheck.command(['/ok', '-v']),
      { name: 'HealthCheck.command', ready: { kind: 'command', command: ['/ok', '-v'] } },
    ],
    [
      'exitsOnFatal',
      HealthCheck.exitsOnFatal(),
      { name: 'HealthCheck.exitsOnFatal', ready: undefined, exitsOnFatal: true, forWorkers: true },
    ],
    [
      'heartbeat',
      HealthCheck.heartbeat('/tmp/alive', seconds(30)),
      {
        name: 'HealthCheck.heartbeat',
        ready: {
          kind: 'command',
          command: ['sh', '-c', "[ $(( $(date +%s) - $(date -r '/tmp/alive' +%s) )) -le 30 ]"],
        },
        forWorkers: true,
        needsShell: true,
      },
    ],
  ])('%s waits 60 s for the start and 2 s for an answer, and restarts nothing', (_, check, expected) => {
    expect(check._intent).toEqual({ ...DEFAULTS, ...expected });
    expect(Object.isFrozen(check._intent)).toBe(true);
  });
});

describe('what is given is kept:', () => {
  const times = { startsWithin: seconds(45), restartsWithin: seconds(40), timeout: seconds(3) };
  const kept = { startsWithin: 45, restartsWithin: 40, timeout: 3 };

  test('paths, port and headers over HTTP', () => {
    const headers = { Host: 'shop' };
    const { _intent } = HealthCheck.http('/ready', { alivePath: '/live', port: 9000, headers, ...times });
    const asked = (path: string) => ({ kind: 'http', path, port: 9000, headers: { Host: 'shop' } });
    expect(_intent).toMatchObject({ ready: asked('/ready'), alive: asked('/live'), ...kept });
  });

  test('the same over HTTPS', () => {
    const { _intent } = HealthCheck.https('/ready', { alivePath: '/live', port: 9000, ...times });
    expect(_intent).toMatchObject({
      ready: { kind: 'https', port: 9000 },
      alive: { kind: 'https', path: '/live' },
      ...kept,
    });
  });

  test('services and port over gRPC', () => {
    const { _intent } = HealthCheck.grpc({ readyService: 'r', aliveService: 'l', port: 9000, ...times });
    const asked = (service: string) => ({ kind: 'grpc', service, port: 9000 });
    expect(_intent).toMatchObject({ ready: asked('r'), alive: asked('l'), ...kept });
  });

  test('commands, as copies', () => {
    const ready = ['/ready'];
    const alive = ['/alive'];
    const { _intent } = HealthCheck.command(ready, { aliveCommand: alive });
    ready.push('changed');
    alive.push('changed');
    expect(_intent).toMatchObject({
      ready: { kind: 'command', command: ['/ready'] },
      alive: { kind: 'command', command: ['/alive'] },
    });
  });

  test('the time until the first heartbeat', () => {
    expect(HealthCheck.heartbeat('/tmp/alive', seconds(30), { startsWithin: seconds(5) })._intent.startsWithin).toBe(5);
  });
});

test('where a restart cures, liveness asks what readiness asks', () => {
  const { ready, alive, restartCures } = HealthCheck.tcp({ restartCures: true })._intent;
  expect(alive).toBe(ready);
  expect(restartCures).toBe(true);
});

test('the empty gRPC service may be asked for liveness where readiness asks another', () => {
  const { alive } = HealthCheck.grpc({ readyService: 'r', aliveService: '' })._intent;
  expect(alive).toEqual({ kind: 'grpc', service: '', port: undefined });
});

test('the command of a worker is its check of liveness, so that a time for it is taken', () => {
  expect(HealthCheck.command(['/alive'], { restartsWithin: seconds(32) })._intent.restartsWithin).toBe(32);
});

describe('the shortest restart is three questions and a timeout', () => {
  const alivePath = '/live';
  test.each([
    ['http', 1, 7],
    ['http', 2, 11],
    ['http', 9, 39],
    ['command', 1, 31],
    ['command', 9, 39],
    ['command', 10, 43],
  ])('%s with a timeout of %d s: %d s', (kind, timeout, shortest) => {
    const check = (restarts: number) => {
      const options = { timeout: seconds(timeout), restartsWithin: seconds(restarts) };
      return kind === 'http'
        ? HealthCheck.http('/ready', { alivePath, ...options })
        : HealthCheck.command(['/ready'], { aliveCommand: ['/alive'], ...options });
    };
    expect(check(shortest)._intent.restartsWithin).toBe(shortest);
    expect(thrown(() => check(shortest - 1))).toBe(
      `HealthCheck.${kind}: restartsWithin ${shortest - 1}s is below ${shortest}s, the least with a timeout of ${timeout}s; use Duration.seconds(${shortest}) or more`,
    );
  });

  test('of what a restart cures is that of readiness', () => {
    expect(HealthCheck.tcp({ restartCures: true, restartsWithin: seconds(11) })._intent.restartsWithin).toBe(11);
    expect(thrown(() => HealthCheck.command(['/a'], { restartCures: true, restartsWithin: seconds(31) }))).toBe(
      'HealthCheck.command: restartsWithin 31s is below 32s, the least with a timeout of 2s; use Duration.seconds(32) or more',
    );
  });

  test.each([
    ['http', 2, 30],
    ['http', 6, 30],
    ['http', 7, 31],
    ['command', 1, 31],
    ['command', 2, 32],
  ] as const)('without one given, %s with a timeout of %d s restarts within %d s', (kind, timeout, within) => {
    expect(defaultRestart(kind, timeout)).toBe(within);
  });

  test.each([
    ['http', 1, 2],
    ['grpc', 5, 6],
    ['command', 1, 10],
    ['command', 9, 10],
    ['command', 10, 11],
    [undefined, 2, 3],
  ] as const)('%s with a timeout of %d s is asked every %d s at most', (kind, timeout, period) => {
    expect(shortestPeriod(kind, timeout)).toBe(period);
  });
});

const SAME = 'ask something else, or say restartCures: true';
const NO_LIVENESS =
  'restartsWithin has no effect without a check of liveness; say what is asked, or restartCures: true';
test.each<[string, () => unknown, string]>([
  [
    'a relative path',
    () => HealthCheck.http('ready'),
    'HealthCheck.http: the path `ready` is not absolute; use `/ready`',
  ],
  [
    'a relative alive path',
    () => HealthCheck.https('/ready', { alivePath: 'live' }),
    'HealthCheck.https: the path `live` is not absolute; use `/live`',
  ],
  [
    'equal paths',
    () => HealthCheck.https('/a', { alivePath: '/a' }),
    `HealthCheck.https: alivePath \`/a\` is the path of readiness too; ${SAME}`,
  ],
  ['a port', () => HealthCheck.http('/a', { port: 0 }), 'HealthCheck.http: port: 0 is outside 1 to 65535'],
  ['a gRPC port', () => HealthCheck.grpc({ port: 65536 }), 'HealthCheck.grpc: port: 65536 is outside 1 to 65535'],
  [
    'equal services',
    () => HealthCheck.grpc({ readyService: 'a', aliveService: 'a' }),
    `HealthCheck.grpc: aliveService \`a\` is readyService too; ${SAME}`,
  ],
  [
    'the service of the whole server twice',
    () => HealthCheck.grpc({ aliveService: '' }),
    `HealthCheck.grpc: aliveService \`\` is readyService too; ${SAME}`,
  ],
  [
    'an empty command',
    () => HealthCheck.command([]),
    "HealthCheck.command: the command is empty; give it as ['/bin/check', '--ready']",
  ],
  [
    'an empty alive command',
    () => HealthCheck.command(['/a'], { aliveCommand: [] }),
    "HealthCheck.command: the command is empty; give it as ['/bin/check', '--ready']",
  ],
  [
    'equal commands',
    () => HealthCheck.command(['/a', 'b'], { aliveCommand: ['/a', 'b'] }),
    `HealthCheck.command: aliveCommand is the command of readiness too; ${SAME}`,
  ],
  [
    'two answers on liveness',
    () => HealthCheck.http('/a', { alivePath: '/b', restartCures: true }),
    'HealthCheck.http: restartCures has no effect beside a check of liveness of its own; give one of them',
  ],
  [
    'a restart over HTTP without liveness',
    () => HealthCheck.http('/a', { restartsWithin: seconds(30) }),
    `HealthCheck.http: ${NO_LIVENESS}`,
  ],
  [
    'a restart over TCP without liveness',
    () => HealthCheck.tcp({ restartsWithin: seconds(30) }),
    `HealthCheck.tcp: ${NO_LIVENESS}`,
  ],
  ['no start', () => HealthCheck.tcp({ startsWithin: seconds(0) }), 'HealthCheck.tcp: startsWithin: 0s is below 1s'],
  ['no timeout', () => HealthCheck.tcp({ timeout: seconds(0) }), 'HealthCheck.tcp: timeout: 0s is below 1s'],
  [
    'a part of a second',
    () => HealthCheck.tcp({ restartCures: true, restartsWithin: Duration.millis(30500) }),
    'HealthCheck.tcp: restartsWithin: 30500 ms is not a whole number of seconds; use Duration.seconds(...)',
  ],
  [
    'a file with a blank',
    () => HealthCheck.heartbeat('/tmp/a b', seconds(1)),
    'HealthCheck.heartbeat: `/tmp/a b` is not an absolute path without blanks and quotes',
  ],
  [
    'a relative file',
    () => HealthCheck.heartbeat('tmp/alive', seconds(1)),
    'HealthCheck.heartbeat: `tmp/alive` is not an absolute path without blanks and quotes',
  ],
  [
    'a file after a blank',
    () => HealthCheck.heartbeat(' /tmp/alive', seconds(1)),
    'HealthCheck.heartbeat: ` /tmp/alive` is not an absolute path without blanks and quotes',
  ],
  ['no age', () => HealthCheck.heartbeat('/tmp/alive', seconds(0)), 'HealthCheck.heartbeat: maxAge: 0s is below 1s'],
])('refuses %s', (_, work, message) => {
  expect(thrown(work)).toBe(message);
});
