// SC-5
import type { ContainerFact } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';

const web = (port: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "web:1.0", ports: [{ containerPort: 8080 }] }
        - { name: proxy, image: "proxy:1.0", ports: [{ containerPort: ${port} }] }
`;

export const portTakenTwice: RuleOf<'workload'> = {
  id: 'app/port-taken-twice',
  severity: Severity.ERROR,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `All containers of a pod share one network, so a port belongs to the one that listens first. The other one cannot listen,
ends, and is restarted for ever. A port that one container declares twice has no such effect, but a server-side apply of it is
refused, and a client-side one may lose one of the two.`,
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
    'https://github.com/kubernetes/kubernetes/issues/113482',
  ],
  bad: web(8080),
  good: web(8081),
  check: ({ pod }) => {
    const owners = new Map<string, ContainerFact>();
    return pod.running.flatMap((container) =>
      container.ports.flatMap(({ field, number, protocol }) => {
        const port = `${number}/${protocol}`;
        const owner = owners.get(port);
        owners.set(port, owner ?? container);
        if (owner === undefined) return [];
        if (owner === container) {
          const problem = `${port} is there twice in \`${container.name}\`, so that a server-side apply is refused`;
          return [{ field, problem, fix: 'keep one of them: several ports of a Service may lead to it' }];
        }
        const problem = `${port} belongs to \`${owner.name}\` already, so that \`${container.name}\` cannot listen there`;
        return [{ field, problem, fix: `let \`${container.name}\` listen on another port` }];
      }),
    );
  },
};
