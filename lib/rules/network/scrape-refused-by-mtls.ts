// NET2, CP-10
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const monitored = (port: string) => `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  podMetricsEndpoints: [{ port: http }]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  mtls: { mode: STRICT }
  portLevelMtls: { ${port}: { mode: PERMISSIVE } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, sidecar.istio.io/inject: "true" } }
    spec:
      containers: [{ name: web, image: "web:1.0", ports: [{ name: http, containerPort: 8080 }] }]
`;

export const scrapeRefusedByMtls: RuleOf<'monitor'> = {
  id: 'network/scrape-refused-by-mtls',
  severity: Severity.WARNING,
  appliesTo: 'monitor',
  since: '0.1.0',
  why: `Prometheus connects to pods by their addresses, in plain text unless the monitor says otherwise, and a sidecar of its own does not change that. A proxy in STRICT mode
refuses such connections, so the target is down. Either the port of the metrics takes plain text, or the monitor brings a certificate of the mesh in \`tlsConfig\`.`,
  sources: [
    'https://istio.io/latest/docs/ops/integrations/prometheus/#tls-settings',
    'https://istio.io/latest/docs/reference/config/security/peer_authentication/',
  ],
  bad: monitored('9090'),
  good: monitored('8080'),
  check: (target, world) =>
    target.endpoints.flatMap((endpoint) => {
      if (endpoint.isTls) return [];
      const refused = world.scraping.scrapesOf(target, endpoint).flatMap(({ workload, port }) => {
        const authentication = world.mesh.mtlsOf(workload, port);
        if (authentication?.modeOf(port) !== 'STRICT' || world.mesh.proxyOf(workload)?.takes(port) !== true) return [];
        return [{ workload, port, authentication }];
      });
      return refused.slice(0, 1).map(({ workload, port, authentication }) => ({
        field: `${endpoint.field}.scheme`,
        problem: `plain text, but the proxy of ${workload.kind} ${workload.name} takes nothing but mTLS on port ${port} (PeerAuthentication ${authentication.name}), so that the scrape is refused`,
        fix: `annotate the pods with traffic.sidecar.istio.io/excludeInboundPorts: "${port}", or set scheme: https and tlsConfig with a certificate of the mesh`,
      }));
    }),
};
