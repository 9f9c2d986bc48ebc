import { type Chart, Size } from 'cdk8s';
import { HealthCheck, MountSource, type WebApp, type WebAppProps } from '../../../lib';
import { webApp } from './apps';
import type { Nodes } from './nodes';

/** Folders that nginx makes for bodies, whether it needs them or not. */
const BODIES = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** An nginx that says 200 to `/healthz`, and whatever else `locations` say. */
export function nginx(
  chart: Chart,
  nodes: Nodes,
  name: string,
  props: Partial<WebAppProps> = {},
  locations = '',
): WebApp {
  const web = webApp(chart, nodes, {
    name,
    image: String(process.env.NGINX_IMAGE),
    health: HealthCheck.http('/healthz', { restartCures: true }),
    ...props,
  });
  const folders = BODIES.map((body) => `${body}_temp_path /run/${body};`).join(' ');
  const server = `server { listen 8080; root /srv; location = /healthz { return 200; } ${locations} }`;
  const config = `pid /run/nginx.pid;\nevents {}\nhttp {\n  access_log off; ${folders}\n  ${server}\n}\n`;
  web.addScratch('run', { path: '/run', sizeLimit: Size.mebibytes(8) });
  const source = MountSource.config({ 'nginx.conf': config });
  web.mount('nginx', { path: '/etc/nginx/nginx.conf', source, subPath: 'nginx.conf' });
  return web;
}
