// FL-6
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { releasedByFlagger } from './release-snippet';

const released = (injection: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: { istio-injection: ${injection} } }
---${releasedByFlagger().replace('  analysis:', '  provider: istio\n  analysis:')}`;

export const flaggerOutsideMesh: RuleOf<'canary'> = {
  id: 'canary/flagger-outside-mesh',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `With Istio as its provider Flagger writes weights that proxies apply: those of the callers, or of a gateway. If the namespace is outside of the
mesh and the Canary names no gateway, callers go by way of kube-proxy, and the Service of the release leads to the primary alone: the new version
gets no request, and Flagger rolls back each release for lack of metrics.`,
  sources: ['https://docs.flagger.app/tutorials/istio-progressive-delivery'],
  bad: released('disabled'),
  good: released('enabled'),
  check: ({ namespace, provider, gateways, shiftsWeights }, world) => {
    const isMeant = provider === 'istio' && shiftsWeights && gateways.every((gateway) => gateway === 'mesh');
    if (!isMeant || !world.hasWorkloads(namespace) || !world.isOutsideMesh(namespace)) return [];
    return [
      {
        field: 'spec.provider',
        problem: `no workload of namespace ${namespace} is in the mesh, so that no proxy applies the weights, and the new version gets no request`,
        fix: 'label the namespace istio-injection: enabled, or name a gateway in spec.service.gateways',
      },
    ];
  },
};
