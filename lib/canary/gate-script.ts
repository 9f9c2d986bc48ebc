import type { TimedGate } from './canary-plan';
import { goodRange } from './gate';

/** What a pipeline runs for one gate, and how it asks. */
export interface AskedGate extends TimedGate {
  /** Address of the Prometheus; undefined for a webhook. */
  readonly address: string | undefined;
  readonly query: string | undefined;
}

/** Finds the one number in an answer of Prometheus. */
const NUMBER = `sed -n 's/.*"value":\\[[^,]*,"\\([^"]*\\)"\\].*/\\1/p' | head -n 1`;

/**
 * A script for `sh` with curl, sed and awk, which ends with 0 if all gates pass, and otherwise says which one does not.
 *
 * A Prometheus that cannot be asked fails the gate, also one that passes without data.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 */
export function gateScript(gates: readonly AskedGate[]): string {
  const checks = gates.map((gate) => (gate.query === undefined ? webhookCheck(gate) : queryCheck(gate)));
  return `#!/bin/sh\nset -eu\n${checks.join('')}`;
}

function webhookCheck({ gate: { name, measure } }: AskedGate): string {
  const url = measure.kind === 'webhook' ? measure.url : '';
  return `curl -fsS -X POST -o /dev/null ${quoted(url)} || { echo ${quoted(`gate ${name}: refused`)} >&2; exit 1; }
echo ${quoted(`gate ${name}: passed`)}
`;
}

function queryCheck({ gate, address = '', query = '' }: AskedGate): string {
  const { name, measure, passesWithoutData } = gate;
  const { min, max } = goodRange(measure);
  const conditions = [
    min === undefined ? [] : `answer + 0 >= ${min}`,
    max === undefined ? [] : `answer + 0 <= ${max}`,
  ].flat();
  const wanted = [min === undefined ? [] : `at least ${min}`, max === undefined ? [] : `at most ${max}`].flat();
  const isNumber = 'answer ~ /^[-+]?[0-9][0-9.]*([eE][-+]?[0-9]+)?$/';
  const good = `${isNumber} && ${conditions.join(' && ')}`;
  const condition = passesWithoutData ? `answer == "" || answer == "NaN" || (${good})` : good;
  return `body=$(curl -fsS --get --data-urlencode ${quoted(`query=${query}`)} ${quoted(`${address}/api/v1/query`)})
answer=$(printf '%s' "$body" | ${NUMBER})
awk -v answer="$answer" 'BEGIN { exit !(${condition}) }' || {
  echo "gate ${name}: $\{answer:-no data}, and ${wanted.join(' and ')} is needed" >&2
  exit 1
}
echo "gate ${name}: $answer, ${wanted.join(' and ')} is needed"
`.replace('$\\{', '${');
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.split("'").join(`'"'"'`)}'`;
}
