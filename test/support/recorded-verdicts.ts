import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { World } from '../../lib/facts';
import { type Endpoint, outside } from '../../lib/facts/reach/endpoint';
import { Reach } from '../../lib/facts/reach/reach';
import { Network } from '../../lib/values/ip-network';
import { OUTSIDE, policyWorld, TRIED } from './policy-worlds';

const FILE = join(__dirname, '../fixtures/policy-verdicts.json');

/** What Calico's evaluator said of random worlds, by their seeds: a bit for each connection, 1 for those that it allows. */
export function recordedVerdicts(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}

/** Every connection that is tried in a world, in a fixed order. */
export function connectionsOf(
  names: readonly string[],
): { from: string; to: string; port: number; protocol: string }[] {
  const pairs = names.flatMap((from) => names.flatMap((to) => (from === to ? [] : [[from, to] as const])));
  const isMeant = ([from, to]: readonly [string, string]) => !(OUTSIDE.includes(from) && OUTSIDE.includes(to));
  return TRIED.flatMap((one) => pairs.filter(isMeant).map(([from, to]) => ({ from, to, ...one })));
}

/** Bits as hexadecimal digits. */
export function packed(bits: readonly boolean[]): string {
  const digits: string[] = [];
  for (let at = 0; at < bits.length; at += 4) {
    digits.push([0, 1, 2, 3].reduce((sum, bit) => sum + (bits[at + bit] ? 8 >> bit : 0), 0).toString(16));
  }
  return digits.join('');
}

/** The same for what our solver says of a world. */
export function ourVerdicts(seed: number): string {
  const { objects } = policyWorld(seed);
  const reach = Reach.of(new World(objects.map((manifest) => ({ manifest }))));
  const ends = new Map<string, Endpoint>(reach.endpoints.map((end) => [end.name, end]));
  for (const address of OUTSIDE) ends.set(address, outside(Network.parse(address) as Network));
  const names = [...ends.keys()].sort();
  const bits = connectionsOf(names).map(({ from, to, port, protocol }) => {
    const [source, destination] = [ends.get(from) as Endpoint, ends.get(to) as Endpoint];
    return reach.verdict({ from: source, to: destination, port, protocol }).isAllowed;
  });
  return packed(bits);
}
