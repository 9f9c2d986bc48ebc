import { RULES } from '../../lib/rules';
import { objects } from '../support/rules';
import { api, Namespace } from './support/cluster';

const namespace = Namespace.forThisFile('refusal', 'privileged');

test('probe', async () => {
  const lines: string[] = [];
  for (const rule of RULES) {
    for (const [what, yaml] of [
      ['bad', rule.bad],
      ['good', rule.good],
    ] as const) {
      for (const manifest of objects(yaml)) {
        const said = await api.refusal(namespace.own(manifest));
        if (said !== undefined) lines.push(`${rule.id} ${what} ${manifest.kind}: ${said}`);
      }
    }
  }
  console.log(lines.join('\n'));
});
