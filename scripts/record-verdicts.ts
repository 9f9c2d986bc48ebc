// Asks Calico's own evaluator of random worlds (calico-eval of the rig on the PATH), and keeps its answers for tests without it.
import { writeFileSync } from 'node:fs';
import { evaluated } from '../test/cluster/support/evaluator';
import { OUTSIDE, policyWorld } from '../test/support/policy-worlds';
import { connectionsOf, packed } from '../test/support/recorded-verdicts';

const WORLDS = 120;

const verdicts: Record<string, string> = {};
for (let seed = 1; seed <= WORLDS; seed += 1) {
  const { objects } = policyWorld(seed);
  const pods = objects.filter(({ kind }) => kind === 'Pod').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  const connections = connectionsOf([...pods, ...OUTSIDE].sort());
  const flows = connections.map((one) => ({ ...one, protocol: one.protocol.toLowerCase() }));
  const { flows: answers, refused } = evaluated(objects, flows);
  if (refused.length > 0) throw new Error(`world ${seed}: ${JSON.stringify(refused)}`);
  verdicts[seed] = packed(answers.map(({ verdict }) => verdict === 'allow'));
}
writeFileSync('test/fixtures/policy-verdicts.json', `${JSON.stringify(verdicts, undefined, 1)}\n`);
