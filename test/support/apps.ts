import { Chart, Duration, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import * as p from '../../lib';

/** The least that a web app needs. */
export const WEB: p.WebAppProps = {
  image: 'registry.example.com/web:1.0.0',
  port: 8080,
  resources: p.Resources.request({ cpuMillis: 100, memory: Size.mebibytes(64) }),
  health: p.HealthCheck.http('/ready', { alivePath: '/live' }),
};

/** A checked app with one chart. */
export function chartIn(props: p.ProductionAppProps = {}): { app: p.ProductionApp; chart: Chart } {
  const app = new p.ProductionApp(props);
  return { app, chart: new Chart(app, 'shop', { namespace: 'shop' }) };
}

/** A web app; its grace is `grace` seconds, which is too short below 36. */
export function web(scope: Construct, id = 'web', grace = 60): p.WebApp {
  return new p.WebApp(scope, id, { ...WEB, shutdown: p.Shutdown.graceful({ grace: Duration.seconds(grace) }) });
}

/** What `work` throws, as text; fails if it throws nothing. */
export function thrown(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was thrown');
}

/** What `work` writes to stderr. */
export function stderrOf(work: () => void): string {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  try {
    work();
  } finally {
    spy.mockRestore();
  }
  return lines.join('');
}
