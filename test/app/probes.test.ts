import { Duration } from 'cdk8s';
import { HealthCheck } from '../../lib';
import { resolveProbes } from '../../lib/app/probes';
import { thrown } from '../support/apps';

const seconds = Duration.seconds;
const port = { name: 'http', number: 8080 };
const served = { serves: true, port, delay: 10 };

/** Period, timeout and failures of each probe. */
function numbers(health: HealthCheck, probed = served) {
  const { startup, readiness, liveness } = resolveProbes(health._intent, probed);
  const of = (probe: typeof startup) => probe && [probe.period, probe.timeout, probe.failures];
  return { startup: of(startup), readiness: of(readiness), liveness: of(liveness) };
}

describe('startup: (failures - 1) x period covers the start, in periods of at most 10 s, about 15 of them', () => {
  test.each([
    [1, 3, 2],
    [3, 3, 2],
    [4, 3, 3],
    [45, 3, 16],
    [46, 4, 13],
    [60, 4, 16],
    [75, 5, 16],
    [150, 10, 16],
    [151, 10, 17],
    [300, 10, 31],
    [3600, 10, 361],
  ])('a start of %d s is asked every %d s, %d times', (startsWithin, period, failures) => {
    const health = HealthCheck.http('/ready', { startsWithin: seconds(startsWithin) });
    expect(numbers(health).startup).toEqual([period, 2, failures]);
  });

  test.each([
    [1, 1, 2, 2],
    [60, 4, 5, 13],
    [300, 15, 16, 20],
  ])('a start of %d s with a timeout of %d s is asked every %d s, %d times', (starts, timeout, period, failures) => {
    const health = HealthCheck.http('/ready', { startsWithin: seconds(starts), timeout: seconds(timeout) });
    expect(numbers(health).startup).toEqual([period, timeout, failures]);
  });
});

describe('liveness: 3 x period + timeout keeps the time until the restart, and readiness acts first', () => {
  test.each([
    // restart, timeout, liveness period, readiness period
    [undefined, 2, 9, 5],
    [30, 2, 9, 5],
    [11, 2, 3, 4],
    [13, 2, 3, 4],
    [14, 2, 4, 5],
    [7, 1, 2, 2],
    [60, 2, 19, 5],
    [43, 10, 11, 11],
    [3600, 2, 1199, 5],
  ])('a restart within %p s with a timeout of %d s: liveness every %d s, readiness every %d s', (...row) => {
    const [restarts, timeout, liveness, readiness] = row;
    const health = HealthCheck.http('/ready', {
      alivePath: '/live',
      timeout: seconds(timeout),
      restartsWithin: restarts === undefined ? undefined : seconds(restarts),
    });
    expect(numbers(health)).toMatchObject({ liveness: [liveness, timeout, 3], readiness: [readiness, timeout, 2] });
  });

  test.each([
    [undefined, 10, 10],
    [32, 10, 10],
    [35, 11, 10],
    [62, 20, 10],
  ])(
    'a command with a restart within %p s: liveness every %d s, readiness every %d s',
    (restarts, liveness, readiness) => {
      const health = HealthCheck.command(['/ready'], {
        aliveCommand: ['/alive'],
        restartsWithin: restarts === undefined ? undefined : seconds(restarts),
      });
      expect(numbers(health)).toMatchObject({ liveness: [liveness, 2, 3], readiness: [readiness, 2, 2] });
    },
  );

  test.each([
    [1, 5],
    [4, 5],
    [5, 6],
    [20, 21],
  ])('without liveness, a timeout of %d s is asked every %d s for readiness', (timeout, period) => {
    const health = HealthCheck.http('/ready', { timeout: seconds(timeout) });
    expect(numbers(health)).toMatchObject({ readiness: [period, timeout, 2], liveness: undefined });
  });

  test.each([
    [0, 5],
    [10, 15],
  ])('a hung process gets the delay of %d s and 5 s more, %d s, not the grace period of the pod', (delay, grace) => {
    const { liveness, readiness, startup } = resolveProbes(HealthCheck.tcp({ restartCures: true })._intent, {
      ...served,
      delay,
    });
    expect(liveness?.grace).toBe(grace);
    expect([readiness, startup]).toEqual([
      expect.not.objectContaining({ grace: expect.anything() }),
      expect.not.objectContaining({ grace: expect.anything() }),
    ]);
  });
});

describe('what is asked', () => {
  const handlers = (health: HealthCheck, probed: Parameters<typeof resolveProbes>[1] = served) => {
    const { startup, readiness, liveness } = resolveProbes(health._intent, probed);
    return [startup?.handler, readiness?.handler, liveness?.handler];
  };

  test('at the start is liveness, where there is a check of it', () => {
    const health = HealthCheck.http('/ready', { alivePath: '/live' });
    const { ready, alive } = health._intent;
    expect(handlers(health)).toEqual([alive, ready, alive]);
    expect(alive).not.toEqual(ready);
  });

  test('at the start is readiness otherwise', () => {
    const health = HealthCheck.http('/ready');
    const { ready } = health._intent;
    expect(handlers(health)).toEqual([ready, ready, undefined]);
  });

  test('of a worker is whether it lives, not whether it is ready', () => {
    const health = HealthCheck.heartbeat('/tmp/alive', seconds(30));
    const { ready } = health._intent;
    expect(handlers(health, { serves: false, delay: 0 })).toEqual([ready, undefined, ready]);
  });

  test('of a worker that ends itself is nothing', () => {
    const intent = HealthCheck.exitsOnFatal()._intent;
    expect(resolveProbes(intent, { serves: false, delay: 0 })).toEqual({});
  });
});

describe('the port', () => {
  const portsOf = (health: HealthCheck, probed: Parameters<typeof resolveProbes>[1] = served) => {
    const { startup, readiness } = resolveProbes(health._intent, probed);
    return [startup?.port, readiness?.port];
  };

  test.each([
    ['by its name', HealthCheck.http('/ready'), 'http'],
    ['by its name', HealthCheck.tcp(), 'http'],
    ['by its number, since gRPC probes know no names', HealthCheck.grpc(), 8080],
    ['of the check itself', HealthCheck.http('/ready', { port: 9000 }), 9000],
    ['of the check itself', HealthCheck.grpc({ port: 9000 }), 9000],
    ['of nothing, for a command', HealthCheck.command(['/ok']), undefined],
  ])('is that of the app %s, case %#', (_, health, expected) => {
    expect(portsOf(health)).toEqual([expected, expected]);
  });

  test('may be missing where the check names one, or asks none', () => {
    const nowhere = { serves: true, delay: 0 };
    expect(portsOf(HealthCheck.http('/ready', { port: 9000 }), nowhere)).toEqual([9000, 9000]);
    expect(portsOf(HealthCheck.command(['/ok']), nowhere)).toEqual([undefined, undefined]);
  });

  test.each([
    [HealthCheck.http('/ready'), 'HealthCheck.http'],
    [HealthCheck.tcp(), 'HealthCheck.tcp'],
  ])('is missed where nobody names one, case %#', (health, name) => {
    expect(thrown(() => resolveProbes(health._intent, { serves: true, delay: 0 }))).toBe(
      `${name}: there is no single port to ask; give ports, or port to the check`,
    );
  });
});

test('a time for the restart is refused where a command says only whether the app serves', () => {
  const { _intent } = HealthCheck.command(['/ready'], { restartsWithin: seconds(40) });
  expect(resolveProbes(_intent, { serves: false, delay: 0 }).liveness?.period).toBe(12);
  expect(thrown(() => resolveProbes(_intent, served))).toBe(
    'HealthCheck.command: restartsWithin has no effect without a check of liveness; say what is asked, or restartCures: true',
  );
});
