import { calledServices } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { servingPods } from './calico-snippet';
import { isClosed } from './scrape-cut-off';

const webhook = (port: number) => `${servingPods('guard', 9443)}
apiVersion: v1
kind: Service
metadata: { name: guard }
spec: { selector: { app: guard }, ports: [{ port: 443, targetPort: 9443 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: guard }
spec:
  podSelector: { matchLabels: { app: guard } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/28 } }], ports: [{ port: ${port} }] }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: guard }
webhooks:
  - name: guard.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: { service: { namespace: default, name: guard } }
`;

export const webhookCutOff: RuleOf<'webhook'> = {
  id: 'network/webhook-cut-off',
  severity: Severity.ERROR,
  appliesTo: 'webhook',
  since: '0.1.0',
  why: `The API server calls admission webhooks and aggregated APIs at the pods behind their Services. Where policies let nobody in at that port, each call waits for its timeout: with a webhook that
must answer, nothing of what it looks at can be made or changed any more, and with an aggregated API namespaces cannot be deleted.`,
  sources: [
    'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference',
    'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/',
  ],
  bad: webhook(8080),
  good: webhook(9443),
  check: (target, world) =>
    calledServices(target.manifest).flatMap(({ field, namespace, name, port }) => {
      const service = world.service(namespace, name);
      const written = service?.ports.find(({ number }) => number === port)?.target;
      if (service === undefined || written === undefined) return [];
      const closed = world.workloadsOf(service).flatMap((workload) => {
        const number = workload.pod.portNumber(written);
        return number !== undefined && isClosed(workload, number, world) ? [{ workload, number }] : [];
      })[0];
      if (closed === undefined) return [];
      const { workload, number } = closed;
      const problem = `the API server calls Service ${name}, and policies let nobody in at port ${number} of ${workload.kind} ${workload.name}`;
      return [{ field, problem, fix: `allow port ${number} from the addresses of the API server` }];
    }),
};
