import { Duration, Size } from 'cdk8s';
import { HealthCheck, KubernetesVersion, Sidecar, type SidecarOptions } from '../../lib';
import { Scratch } from '../../lib/app/scratch';
import { thrown } from '../support/apps';
import { SIDE } from '../support/parts';

const { V1_28, V1_29, V1_37 } = KubernetesVersion;
const health = HealthCheck.http('/ok', { port: 9000 });
const logs = Scratch._of('logs', { path: '/logs', sizeLimit: Size.mebibytes(1) });

describe('the form', () => {
  test.each([
    ['of', V1_28, false],
    ['of', V1_29, true],
    ['of', V1_37, true],
    ['restartable', V1_29, true],
    ['classic', V1_28, false],
    ['classic', V1_29, false],
  ] as const)('Sidecar.%s on %s is restartable: %s', (form, kubernetes, restartable) => {
    const sidecar = Sidecar[form]('side', SIDE);
    expect(sidecar.name).toBe('side');
    expect(sidecar._isRestartable(kubernetes)).toBe(restartable);
  });

  const refusal =
    'Sidecar side: needs Kubernetes 1.29 or newer (native sidecars), the target is 1.28; use Sidecar.of without startsBeforeApp';
  test('that is insisted on is refused below 1.29', () => {
    expect(thrown(() => Sidecar.restartable('side', SIDE)._isRestartable(V1_28))).toBe(refusal);
  });

  test('that starts before the app needs 1.29 too', () => {
    const sidecar = Sidecar.of('side', { ...SIDE, health, startsBeforeApp: true });
    expect(sidecar._isRestartable(V1_29)).toBe(true);
    expect(thrown(() => sidecar._isRestartable(V1_28))).toBe(refusal);
  });
});

test.each([
  [undefined, 5],
  [Duration.seconds(1), 1],
  [Duration.minutes(2), 120],
])('with stopsWithin %s takes %d s to stop', (stopsWithin, expected) => {
  expect(Sidecar.of('side', { ...SIDE, stopsWithin })._stopsWithin).toBe(expected);
});

test('may read one volume and write another', () => {
  const other = Scratch._of('other', { path: '/other', sizeLimit: Size.mebibytes(1) });
  expect(Sidecar.of('side', { ...SIDE, reads: logs, writes: other })._options).toMatchObject({
    reads: logs,
    writes: other,
  });
});

test('startsBeforeApp that is false asks for nothing', () => {
  expect(Sidecar.classic('side', { ...SIDE, startsBeforeApp: false })._isRestartable(V1_29)).toBe(false);
});

const BEFORE = 'Sidecar side: startsBeforeApp needs health, which says when it has started; add a health check';
test.each<[string, Partial<SidecarOptions>, 'of' | 'restartable' | 'classic', string]>([
  ['a start before the app without a check', { startsBeforeApp: true }, 'of', BEFORE],
  [
    'a start before the app with a check that asks nothing',
    { startsBeforeApp: true, health: HealthCheck.exitsOnFatal() },
    'restartable',
    BEFORE,
  ],
  [
    'a start before the app in the classic form',
    { startsBeforeApp: true, health },
    'classic',
    'Sidecar side: startsBeforeApp has no effect in the classic form; use Sidecar.restartable',
  ],
  [
    'one volume to read and to write',
    { reads: logs, writes: logs },
    'of',
    'Sidecar side: reads and writes name the same volume `logs`; keep writes',
  ],
  ['no time to stop', { stopsWithin: Duration.seconds(0) }, 'of', 'Sidecar side: stopsWithin: 0s is below 1s'],
])('refuses %s', (_, options, form, message) => {
  expect(thrown(() => Sidecar[form]('side', { ...SIDE, ...options }))).toBe(message);
});

test('refuses a name that is no DNS label', () => {
  expect(thrown(() => Sidecar.of('log_shipper', SIDE))).toBe(
    'Sidecar: `log_shipper` is not a DNS label; use lower-case letters, digits and inner hyphens',
  );
});
