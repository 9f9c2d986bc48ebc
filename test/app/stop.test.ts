import { KubernetesVersion, Shutdown, StopStrategy } from '../../lib';
import { planDelay, planStop, type Stopped } from '../../lib/app/stop';
import { thrown } from '../support/apps';

const on = (version: string, hasShell = true): Stopped => {
  return { kubernetes: KubernetesVersion.of(version), hasShell, container: 'web' };
};
const sh = (script: string) => ({ preStop: { kind: 'exec', command: ['sh', '-c', script] } });
const plan = (stop: StopStrategy, delay: number, stopped: Stopped) =>
  planStop(Shutdown.graceful({ stop })._intent, delay, stopped);

describe('a delay', () => {
  test.each([
    ['1.29', { kind: 'exec', command: ['sleep', '10'] }],
    ['1.30', { kind: 'sleep', seconds: 10 }],
    ['1.37', { kind: 'sleep', seconds: 10 }],
  ])('on %s is %j', (version, hook) => {
    expect(planDelay(10, on(version))).toEqual(hook);
  });

  test('of nothing is no hook, also where the image has no shell', () => {
    expect(planDelay(0, on('1.27', false))).toBeUndefined();
  });

  test('needs no shell where the kubelet sleeps', () => {
    expect(planDelay(10, on('1.30', false))).toEqual({ kind: 'sleep', seconds: 10 });
  });

  test('without a shell is refused where the kubelet cannot sleep', () => {
    expect(thrown(() => planDelay(10, on('1.29', false)))).toBe(
      'shutdown: Kubernetes 1.29 delays a stop only by running sleep, and the image of web has none; use a target of 1.30 or newer, or an image with a shell',
    );
  });
});

describe('SIGTERM', () => {
  test('follows the delay, which is all that the hook does', () => {
    expect(plan(StopStrategy.sigterm(), 10, on('1.33'))).toEqual({ preStop: { kind: 'sleep', seconds: 10 } });
    expect(plan(StopStrategy.sigterm(), 0, on('1.33'))).toEqual({});
  });
});

describe('another signal', () => {
  const quit = StopStrategy.signal('SIGQUIT');

  test.each(['1.27', '1.37'])('on %s is sent by the hook after the delay, which then waits for the end', (version) => {
    expect(plan(quit, 10, on(version))).toEqual(sh('sleep 10; kill -s QUIT 1; while kill -0 1; do sleep 1; done'));
    expect(plan(quit, 0, on(version))).toEqual(sh('kill -s QUIT 1; while kill -0 1; do sleep 1; done'));
  });

  test('is refused without a shell', () => {
    expect(thrown(() => plan(quit, 10, on('1.37', false)))).toBe(
      'shutdown: the stop strategy runs a command, and the image of web has no shell; set STOPSIGNAL SIGQUIT in the image and use StopStrategy.sigterm()',
    );
  });
});

describe('a command', () => {
  const command = StopStrategy.command(['/bin/quit', 'now please']);

  test.each(['1.27', '1.37'])('on %s runs after the delay, never before', (version) => {
    expect(plan(command, 10, on(version))).toEqual(sh("sleep 10; /bin/quit 'now please'"));
    expect(plan(command, 0, on(version))).toEqual(sh("/bin/quit 'now please'"));
  });

  test('is refused without a shell, whatever the version', () => {
    expect(thrown(() => plan(command, 0, on('1.37', false)))).toBe(
      'shutdown: the stop strategy runs a command, and the image of web has no shell; use StopStrategy.sigterm()',
    );
  });
});
