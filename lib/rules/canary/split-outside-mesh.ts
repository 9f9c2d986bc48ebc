// CN-9
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';
import { virtualService } from './route-snippet';

const split = (injection: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: { istio-injection: ${injection} } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
---${virtualService(
  'hosts: [web]',
  'http:',
  '  - route:',
  '      - { destination: { host: web, subset: stable }, weight: 90 }',
  '      - { destination: { host: web, subset: canary }, weight: 10 }',
)}`;

export const splitOutsideMesh: RuleOf<'virtualService'> = {
  id: 'canary/split-outside-mesh',
  severity: Severity.WARNING,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `Weights are applied by the proxy of whoever calls. Callers without one go by way of kube-proxy, which knows no weights and gives each pod of
the Service the same share, so that the canary gets as many requests as it has pods. The rule speaks where the manifests say of every workload
around that it is not in the mesh; callers from elsewhere may be.`,
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/',
    'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy',
  ],
  bad: split('disabled'),
  good: split('enabled'),
  check: ({ http, namespace, isForMesh, isForGateways }, world) => {
    if (!isForMesh || isForGateways) return [];
    return http
      .filter(({ shares }) => shares.filter(({ weight = 0 }) => weight > 0).length > 1)
      .flatMap(({ field, shares }) => {
        const around = [...new Set([namespace, ...shares.flatMap(({ service }) => service?.namespace ?? [])])];
        const inhabited = around.filter((one) => world.hasWorkloads(one));
        if (inhabited.length === 0 || !inhabited.every((one) => world.isOutsideMesh(one))) return [];
        return [
          {
            field: `${field}.route`,
            problem: `no workload of namespace ${listed(inhabited)} is in the mesh, so that no proxy applies the weights ${listed(shares.map(({ weight = 0 }) => `${weight}`))} and every pod gets the same share`,
            fix: 'label the namespace of the callers istio-injection: enabled, or route them through a gateway',
          },
        ];
      });
  },
};
