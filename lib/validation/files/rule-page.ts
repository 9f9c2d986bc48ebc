import { formatForeign } from '../../findings/format';
import type { Rule } from '../../rules';
import { ClusterNetwork, KubernetesVersion, TargetCluster } from '../../values';
import type { BuiltIn } from '../built-in';
import { whyOf } from '../catalogue';
import { ManifestCheck } from '../manifest-check';
import { documentsOf } from './documents';

/** What a rule finds in its bad example, as it is printed. */
export function exampleFindings(rule: Rule): readonly string[] {
  const { kubernetes, nodes, istio, network } = rule;
  const version = kubernetes === undefined ? undefined : KubernetesVersion.of(kubernetes);
  const target = TargetCluster.of({
    kubernetes: version,
    nodes,
    istio,
    network: network === undefined ? undefined : ClusterNetwork.of(network),
  });
  const objects = documentsOf('bad', rule.bad).documents.map(({ value }) => value);
  return ManifestCheck.of(objects, { target }).open.map(formatForeign);
}

/** Everything that there is to say of a rule, in Markdown. */
export function rulePage(rule: Rule): string {
  return `## ${rule.id}

${rule.severity}, since ${rule.since}

${whyOf(rule)}

Found in:

\`\`\`yaml
${rule.bad.trim()}
\`\`\`

as:

\`\`\`text
${exampleFindings(rule).join('\n')}
\`\`\`

Mended:

\`\`\`yaml
${rule.good.trim()}
\`\`\`

${rule.sources.map((source) => `- <${source}>`).join('\n')}
`;
}

/** Everything that there is to say of a finding that comes from the run itself, in Markdown. */
export function builtInPage(finding: BuiltIn): string {
  return `## ${finding.id}\n\n${finding.severity}\n\n${whyOf(finding)}\n`;
}
