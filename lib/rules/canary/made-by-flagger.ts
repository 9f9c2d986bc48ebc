// FL-3
import type { FlaggerCanaryFact, ObjectFact } from '../../facts';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { canary, steadyAnalysis } from './release-snippet';

const beside = (name: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { part: shop }
  ports: [{ port: 80, targetPort: 8080 }]
---${canary(steadyAnalysis)}`;

export const madeByFlagger: RuleOf<'canary'> = {
  id: 'canary/made-by-flagger',
  severity: Severity.WARNING,
  appliesTo: 'canary',
  since: '0.1.0',
  why: `Flagger makes a copy of the target, three Services, and the objects that route between them. One that is there already it takes over without
a word and rewrites. Each apply of yours writes the old text back, and what it said stands until Flagger looks again: a Service points at a target
without pods, a route forgets its weights, the copy its last release. Leave these objects out, or give the Service of Flagger a name of its own.`,
  sources: [
    'https://github.com/fluxcd/flagger/blob/main/docs/gitbook/usage/how-it-works.md',
    'https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/kubernetes_default.go',
  ],
  bad: beside('web'),
  good: beside('shop'),
  check: (target, world) =>
    world.delivery.overwrittenBy(target).map((object) => ({
      field: nameOf(target, object),
      problem: `Flagger makes and overwrites ${object.kind} ${object.name}, so that each apply undoes its ${CONTENTS[object.kind] ?? 'pods'} until Flagger looks again`,
      fix: `remove ${object.kind} ${object.name}${INSTEAD[object.kind]?.(target) ?? ''}`,
    })),
};

const LIMITS = 'limits';
const ROUTES = 'routes and weights';

const CONTENTS: Readonly<Record<string, string>> = {
  Service: 'selector and ports',
  VirtualService: ROUTES,
  HTTPRoute: ROUTES,
  DestinationRule: 'host and policy',
  HorizontalPodAutoscaler: LIMITS,
  ScaledObject: LIMITS,
};

const INSTEAD: Readonly<Record<string, (canary: FlaggerCanaryFact) => string>> = {
  Service: ({ targetName }) => `, or set spec.service.name to ${targetName}-release`,
  VirtualService: () => ', and give its hosts and gateways to spec.service',
  HTTPRoute: () => ', and give its hosts and gatewayRefs to spec.service',
  DestinationRule: () => ', and give its policy to spec.service.trafficPolicy',
};

/** The field that the name comes from. */
function nameOf(target: FlaggerCanaryFact, { kind, name }: ObjectFact): string {
  const key = `${kind}/${name}`;
  if (key === `${target.targetKey}-primary`) return 'spec.targetRef.name';
  if (key === `${target.autoscalerKey}-primary`) return 'spec.autoscalerRef.name';
  return target.serviceName === target.targetName ? 'spec.targetRef.name' : 'spec.service.name';
}
