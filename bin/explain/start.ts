import type { ContainerFact, ProbeFact, WorkloadFact } from '../../lib/facts';
import { counted } from '../../lib/findings/format';
import { STARTS_WITHIN } from '../../lib/values/annotations';
import { type Because, type Event, Teller } from './explanation';

/** From the start of a pod until it takes requests. */
export function explainStart(workload: WorkloadFact): readonly Event[] {
  const tell = new Teller(workload);
  const { pod } = workload;
  const grace = tell.field(`${pod.field}.terminationGracePeriodSeconds`, pod.grace);
  return [
    ...pod.inits.map(({ name, field }) =>
      tell.at(undefined, `${name} runs and must end before what follows it starts`, tell.field(`${field}.name`, name)),
    ),
    ...pod.sidecars.flatMap((container) => [
      tell.at(
        undefined,
        `sidecar ${container.name} starts before the app and stays`,
        tell.field(`${container.field}.restartPolicy`, 'Always'),
      ),
      ...ofContainer(container, tell, grace),
    ]),
    ...pod.containers.flatMap((container) => [
      tell.at(0, `${container.name} starts`),
      ...ofContainer(container, tell, grace),
    ]),
    ...declaredStart(workload, tell),
    ...settled(workload, tell),
  ];
}

function ofContainer(container: ContainerFact, tell: Teller, grace: Because): Event[] {
  const { startup, readiness, liveness, name } = container;
  const events: Event[] = [];
  if (startup !== undefined) {
    events.push(
      tell.at(
        `from ${startup.initialDelay} s`,
        `${name} is asked by startupProbe every ${startup.period} s; the other probes wait until it answers`,
        ...timing(startup, tell),
      ),
      tell.at(
        `${startup.patience} to ${startup.patience + startup.timeout} s`,
        `${name} is restarted if startupProbe never got an answer`,
        ...patience(startup, tell),
      ),
    );
  }
  if (readiness !== undefined) {
    const { reaction, period, timeout, successThreshold } = readiness;
    events.push(
      tell.at(
        startup === undefined ? `from ${readiness.initialDelay} s` : undefined,
        `${name} is asked by readinessProbe every ${period} s; ready after ${counted(successThreshold, 'good answer')}`,
        ...timing(readiness, tell),
      ),
      tell.at(
        undefined,
        `${name} is unready at most ${reaction + timeout} s after it stops to answer, and takes no new requests`,
        ...failures(readiness, tell),
      ),
    );
  } else if (container.ports.length > 0) {
    events.push(tell.at(0, `${name} counts as ready at once: it has no readinessProbe`));
  }
  return liveness === undefined ? events : [...events, ...ofLiveness(container, liveness, tell, grace)];
}

function ofLiveness({ name, startup }: ContainerFact, liveness: ProbeFact, tell: Teller, ofPod: Because): Event[] {
  const grace =
    liveness.grace === undefined
      ? ofPod
      : tell.field(`${liveness.field}.terminationGracePeriodSeconds`, liveness.grace);
  const { reaction, timeout } = liveness;
  const never = tell.at(
    `${liveness.patience} to ${liveness.patience + timeout} s`,
    `${name} is restarted if livenessProbe never got an answer`,
    ...patience(liveness, tell),
  );
  const hang = tell.at(
    undefined,
    `${name} is told to stop at most ${reaction + timeout} s after it stops to answer, killed at most ${grace.value} s later, and started again`,
    ...failures(liveness, tell),
    grace,
  );
  return startup === undefined ? [never, hang] : [hang];
}

function timing({ field, initialDelay, period }: ProbeFact, tell: Teller): Because[] {
  return [tell.field(`${field}.initialDelaySeconds`, initialDelay), tell.field(`${field}.periodSeconds`, period)];
}

function failures({ field, period, failureThreshold, timeout }: ProbeFact, tell: Teller): Because[] {
  return [
    tell.field(`${field}.periodSeconds`, period),
    tell.field(`${field}.failureThreshold`, failureThreshold),
    tell.field(`${field}.timeoutSeconds`, timeout),
  ];
}

function patience(probe: ProbeFact, tell: Teller): Because[] {
  return [tell.field(`${probe.field}.initialDelaySeconds`, probe.initialDelay), ...failures(probe, tell)];
}

function declaredStart({ pod }: WorkloadFact, tell: Teller): Event[] {
  if (pod.startsWithin === undefined) return [];
  return [
    tell.at(
      `${pod.startsWithin} s`,
      'the app says that it serves by then at the latest',
      tell.field(pod.annotationField(STARTS_WITHIN), `${pod.startsWithin}s`),
    ),
  ];
}

function settled(workload: WorkloadFact, tell: Teller): Event[] {
  if (workload.endsByItself || workload.kind === 'Pod') return [];
  const { minReady } = workload;
  return [
    tell.at(
      undefined,
      `the pod counts as available ${minReady} s after it is ready`,
      tell.field('spec.minReadySeconds', minReady),
    ),
  ];
}
