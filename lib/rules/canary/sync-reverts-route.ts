// RO-8
import type { ArgoRolloutFact, ObjectFact, World } from '../../facts';
import { below, fields, list, text, textList } from '../../facts/read';
import { Severity } from '../../findings';
import type { RuleOf } from '../rule';
import { rolloutInMesh } from './release-snippet';

const application = (ignored: string) => `---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  source: { repoURL: "https://git.example.com/web.git", path: deploy }
  destination: { name: production, namespace: default }
  syncPolicy: { automated: { selfHeal: true }, syncOptions: [RespectIgnoreDifferences=true] }
  ignoreDifferences: ${ignored}
`;

export const syncRevertsRoute: RuleOf<'rollout'> = {
  id: 'canary/sync-reverts-route',
  severity: Severity.WARNING,
  appliesTo: 'rollout',
  since: '0.1.0',
  why: `Argo Rollouts writes the weights of a VirtualService that Git has too. An Argo CD Application that does not ignore them takes them for drift: with
\`selfHeal\` it writes them back within seconds, and any other sync in the middle of a release does the same, so that the new version gets no requests
while it is judged. \`ignoreDifferences\` ends the first, \`RespectIgnoreDifferences=true\` the second.`,
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/#integrating-with-gitops',
    'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#respect-ignore-difference-configs',
  ],
  bad: rolloutInMesh('primary') + application('[]'),
  good:
    rolloutInMesh('primary') +
    application('[{ group: networking.istio.io, kind: VirtualService, jsonPointers: [/spec/http] }]'),
  check: (target, world) => {
    const [first] = target.virtualServices.filter((route) => isInInput(route, world));
    if (first === undefined) return [];
    return world.delivery.applications
      .filter((application) => isSyncedBy(target, application))
      .flatMap((application) => {
        const lacking = lackingIn(application, first.name);
        if (lacking === undefined) return [];
        const problem = `Application ${application.name} syncs VirtualService ${first.name}, whose weights this Rollout writes, and ${lacking}`;
        const fix = `give the Application ignoreDifferences: [{ group: networking.istio.io, kind: VirtualService, name: ${first.name}, jsonPointers: [/spec/http] }] and syncOptions: [RespectIgnoreDifferences=true]`;
        return [{ field: first.field, problem, fix }];
      });
  },
};

type Route = ArgoRolloutFact['virtualServices'][number];

function isInInput({ namespace, name }: Route, { mesh }: World): boolean {
  return mesh.virtualServices.some((one) => one.namespace === namespace && one.name === name);
}

function isSyncedBy({ namespace }: ArgoRolloutFact, { spec }: ObjectFact): boolean {
  return text(below(spec, 'destination', 'namespace')) === namespace;
}

function lackingIn({ spec }: ObjectFact, name: string): string | undefined {
  const isIgnored = list(spec.ignoreDifferences).some((one) => ignoresRoutes(one, name));
  if (!isIgnored) return 'does not ignore how they differ from Git';
  const options = textList(below(spec, 'syncPolicy', 'syncOptions'));
  return options.includes('RespectIgnoreDifferences=true') ? undefined : 'ignores it until the next sync';
}

/** Which part is ignored is not asked: JQ can say it in many ways. */
function ignoresRoutes(value: unknown, name: string): boolean {
  const { group, kind, name: named = name, jsonPointers, jqPathExpressions, managedFieldsManagers } = fields(value);
  const says = [jsonPointers, jqPathExpressions, managedFieldsManagers].some((part) => list(part).length > 0);
  return (
    says &&
    (group === 'networking.istio.io' || group === '*') &&
    (kind === 'VirtualService' || kind === '*') &&
    named === name
  );
}
