import type { WorkloadFact, World } from '../../lib/facts';
import { DRAIN, SIDECARS_STOP_WITHIN } from '../../lib/values/annotations';
import { type Event, Teller } from './explanation';

/** From the request to stop a pod until it is gone. */
export function explainStop(workload: WorkloadFact, world: World): readonly Event[] {
  const tell = new Teller(workload);
  const { pod } = workload;
  const { grace, drain, stop } = pod;
  const grantedBy = tell.field(`${pod.field}.terminationGracePeriodSeconds`, grace);
  const served = world.servicesOf(workload).map(({ name }) => name);
  const events = [
    tell.at(0, 'the pod is told to stop, and its hooks begin'),
    ...(served.length === 0
      ? []
      : [
          tell.at(
            0,
            `endpoints of Service ${served.join(', ')} begin to lose it; nodes and proxies learn that within seconds`,
          ),
        ]),
  ];
  for (const { name, field, preStop, delay } of pod.containers) {
    if (preStop === undefined) events.push(tell.at(0, `${name} gets SIGTERM: it has no preStop hook`));
    else if (delay === undefined)
      events.push(tell.at(undefined, `${name} gets SIGTERM after its hook, whose time the manifest does not say`));
    else
      events.push(
        tell.at(
          delay,
          `${name} gets SIGTERM after its preStop hook`,
          tell.field(`${field}.lifecycle.preStop`, `${delay} s`),
        ),
      );
  }
  if (drain !== undefined) {
    const { delay } = stop.slowest ?? { delay: 0 };
    const end = delay + drain;
    events.push(
      tell.at(
        `${end} s`,
        `work in flight has ended: ${delay} s of delay and ${drain} s of work`,
        tell.field(pod.annotationField(DRAIN), `${drain}s`),
      ),
    );
  }
  if (pod.sidecars.length > 0) {
    const last = [...pod.sidecars].reverse();
    const takes = last.map(({ name }) => `${name}=${pod.sidecarStop(name)}s`).join(', ');
    events.push(
      tell.at(
        drain === undefined ? undefined : `${stop.total} s`,
        `sidecars have stopped, one after the other: ${last.map(({ name }) => name).join(', ')}`,
        tell.field(pod.annotationField(SIDECARS_STOP_WITHIN), takes),
      ),
    );
  }
  const spare = drain === undefined ? '' : `; ${grace - stop.total} s are to spare`;
  events.push(tell.at(grace, `SIGKILL to whatever still runs${spare}`, grantedBy));
  return events;
}
