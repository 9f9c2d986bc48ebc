import { Duration } from 'cdk8s';
import { KubernetesVersion, Shutdown, StopStrategy } from '../../lib';
import { planDelay, planStop } from '../../lib/app/stop';
import { thrown } from '../support/apps';

const at = (version: string, hasShell = true) => ({
  kubernetes: KubernetesVersion.of(version),
  hasShell,
  container: 'web',
});
const plan = (stop: StopStrategy, delay: number, version = '1.33', hasShell = true) =>
  planStop(Shutdown.graceful({ stop })._intent, delay, at(version, hasShell));
const script = (text: string) => ({ preStop: { kind: 'exec', command: ['sh', '-c', text] } });

test('SIGTERM comes after the delay, which is a sleep from 1.30 on', () => {
  expect(plan(StopStrategy.sigterm(), 10, '1.30')).toEqual({ preStop: { kind: 'sleep', seconds: 10 } });
  expect(plan(StopStrategy.sigterm(), 10, '1.29')).toEqual({ preStop: { kind: 'exec', command: ['sleep', '10'] } });
  expect(plan(StopStrategy.sigterm(), 0)).toEqual({ preStop: undefined });
});

test('another signal is sent by the kubelet from 1.37 on, before by a hook that waits for the end', () => {
  const quit = StopStrategy.signal('SIGQUIT');
  expect(plan(quit, 10, '1.37')).toEqual({ preStop: { kind: 'sleep', seconds: 10 }, signal: 'SIGQUIT' });
  expect(plan(quit, 0, '1.37')).toEqual({ preStop: undefined, signal: 'SIGQUIT' });
  expect(plan(quit, 10, '1.36')).toEqual(script('sleep 10; kill -s QUIT 1; while kill -0 1; do sleep 1; done'));
});

test('a command comes after the delay, never before, and each of its words stays one', () => {
  expect(plan(StopStrategy.command(['/app', 'quit now', "it's"]), 10)).toEqual(
    script(`sleep 10; /app 'quit now' 'it'\\''s'`),
  );
  expect(plan(StopStrategy.command(['/app', '--quit=1']), 0)).toEqual(script('/app --quit=1'));
});

test('nginx is told to quit, and the hook waits until it has', () => {
  const wait = (file: string) =>
    script(`sleep 10; kill -s QUIT "$(cat ${file})"; while [ -e ${file} ]; do sleep 1; done`);
  expect(plan(StopStrategy.nginx(), 10)).toEqual(wait('/run/nginx.pid'));
  expect(plan(StopStrategy.nginx('/tmp/my nginx.pid'), 10)).toEqual(wait("'/tmp/my nginx.pid'"));
});

test('what needs a shell is refused for an image without one', () => {
  const message =
    'shutdown: the stop strategy runs a command, and the image of web has no shell; use StopStrategy.sigterm()';
  for (const stop of [StopStrategy.nginx(), StopStrategy.command(['a']), StopStrategy.signal('SIGQUIT')]) {
    expect(thrown(() => plan(stop, 10, '1.33', false))).toBe(message);
  }
  expect(plan(StopStrategy.signal('SIGQUIT'), 10, '1.37', false).signal).toBe('SIGQUIT');
  expect(planDelay(10, at('1.30', false))).toEqual({ kind: 'sleep', seconds: 10 });
  expect(planDelay(0, at('1.29', false))).toBeUndefined();
  expect(thrown(() => planDelay(10, at('1.29', false)))).toBe(
    'shutdown: Kubernetes 1.29 delays a stop only by running sleep, and the image of web has none; use a target of 1.30 or newer, or an image with a shell',
  );
});

test('a shutdown has its defaults and its bounds', () => {
  expect(Shutdown.graceful()._intent).toEqual({ delay: undefined, drain: 20, grace: undefined, stop: {} });
  const given = { delay: Duration.seconds(600), drain: Duration.seconds(1), grace: Duration.seconds(700) };
  expect(Shutdown.graceful(given)._intent).toEqual({ delay: 600, drain: 1, grace: 700, stop: {} });
});
