// How long a synthesis takes, beside plain cdk8s, cdk8s-plus, two writers and helm, in one interleaved run:
//   npm run bench [-- rounds]
// helm is taken from the PATH, or from $HELM; without it that line is missing.
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { isDeepStrictEqual } = require('node:util');
const { loadAll, parseAllDocuments } = { ...require('js-yaml'), ...require('yaml') };
const { exponent, machine, measure, median, round } = require('./measure');
const services = require('./synthesis/services');

const ROUNDS = Number(process.argv[2] ?? 7);
const RUN = join(__dirname, 'synthesis', 'run.js');
const HELM = process.env.HELM ?? (spawnSync('which', ['helm'], { encoding: 'utf8' }).stdout.trim() || undefined);
/** In memory where that is possible: the disk of a shared machine says little about us. */
const ROOM = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const PLAIN = 'cdk8s, one chart';
const PLAIN_PER = 'cdk8s, chart per service';
const PLUS = 'cdk8s-plus-27, one chart';
const OURS_IN_PLAIN = 'our constructs in cdk8s, one chart';
const OURS = 'ProductionApp, one chart';
const OURS_PER = 'ProductionApp, chart per service';
const OBJECTS = 'ProductionApp, ApiObjects, one chart';
const CHAIN = 'ProductionApp, chain';
const FLOOR = 'JSON.stringify';
const RULES = 'rules';
const STAGES = 'stages';

/** What is timed for each number of services, and how often; what takes minutes only once. */
const SETS = [
  {
    size: 1,
    rounds: 2 * ROUNDS,
    names: [PLAIN, PLAIN_PER, PLUS, OURS_IN_PLAIN, OURS, OURS_PER, 'js-yaml', FLOOR, 'helm'],
  },
  {
    size: 100,
    rounds: ROUNDS,
    names: [PLAIN, PLAIN_PER, PLUS, OURS_IN_PLAIN, OURS, OURS_PER, CHAIN, 'js-yaml', FLOOR, 'helm'],
  },
  {
    size: 1000,
    rounds: ROUNDS,
    names: [PLAIN, PLAIN_PER, PLUS, OURS_IN_PLAIN, OBJECTS, OURS, OURS_PER, RULES, STAGES, 'js-yaml', FLOOR, 'helm'],
  },
  { size: 5000, rounds: Math.ceil(ROUNDS / 2), names: [PLAIN, OURS, OURS_PER, FLOOR, 'helm'] },
  { size: 5000, rounds: 1, names: [PLAIN_PER] },
];

const folder = mkdtempSync(join(ROOM, 'bench-synthesis-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
main();

async function main() {
  await checkEquality();
  const results = { rounds: ROUNDS, machine: machine(), helm: helmVersion(), sets: [] };
  for (const { size, rounds, names } of SETS) {
    const runs = new Map(names.filter((name) => name !== 'helm' || HELM !== undefined).map((name) => [name, []]));
    for (let count = 0; count < rounds; count += 1) {
      for (const [name, each] of runs) each.push(await timed(name, size));
      process.stderr.write(`${size} services: round ${count + 1} of ${rounds}\n`);
    }
    const contenders = Object.fromEntries([...runs].map(([name, each]) => [name, medians(each)]));
    results.sets.push({ size, rounds, contenders });
  }
  results.goals = goals(results.sets);
  writeFileSync(join(__dirname, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(JSON.stringify(results.goals, undefined, 2));
}

/** One run of one contender in a process of its own. */
async function timed(name, size) {
  if (name === 'helm') {
    const { seconds, megabytes } = await measure({ command: HELM, args: ['template', 'bench', helmChart(size)] });
    return { process: seconds, megabytes };
  }
  const { seconds, output } = await measure({ command: process.execPath, args: [RUN, name, String(size), emptied()] });
  const { milliseconds, megabytes, stages } = JSON.parse(output);
  return { seconds: milliseconds / 1000, process: seconds, megabytes, stages };
}

function emptied() {
  const path = join(folder, 'out');
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  return path;
}

function medians(runs) {
  const of = (key) => {
    const values = runs.map((run) => run[key]).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : round(median(values));
  };
  const stages = Object.keys(runs[0].stages ?? {}).map((stage) => [
    stage,
    Math.round(median(runs.map((run) => run.stages[stage]))),
  ]);
  return {
    seconds: of('seconds'),
    process: of('process'),
    megabytes: Math.round(of('megabytes')),
    stages: stages.length === 0 ? undefined : Object.fromEntries(stages),
  };
}

/** Nothing is timed before all write the same. */
async function checkEquality() {
  const size = 3;
  const written = async (name) => {
    const path = emptied();
    await measure({ command: process.execPath, args: [RUN, name, String(size), path] });
    return readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'utf8')]);
  };
  const text = async (name) => (await written(name))[0][1];
  const plain = await written(PLAIN);
  for (const name of [OURS_IN_PLAIN, OURS, OBJECTS]) same(name, await written(name), plain);
  same(OURS_PER, await written(OURS_PER), await written(PLAIN_PER));
  const documents = loadAll(plain[0][1]);
  const sorted = (all) => all.map((one) => JSON.stringify(one, replacer)).sort();
  same(CHAIN, sorted(loadAll(await text(CHAIN))), sorted(documents));
  same('js-yaml', loadAll(await text('js-yaml')), documents);
  same(
    FLOOR,
    (await text(FLOOR)).split('\n').map((line) => JSON.parse(line)),
    documents,
  );
  if (HELM === undefined) return;
  const { stdout } = spawnSync(HELM, ['template', 'bench', helmChart(size)], { encoding: 'utf8' });
  const released = parseAllDocuments(stdout, { version: '1.1' }).map((one) => one.toJS());
  // helm sorts by kind
  same('helm', sorted(released.filter((one) => one !== null)), sorted(documents));
}

function replacer(_, value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function same(name, one, other) {
  if (!isDeepStrictEqual(one, other)) throw new Error(`${name} writes something else than plain cdk8s`);
}

/** A chart whose only template runs over a list of services. */
function helmChart(size) {
  const path = join(folder, `helm-${size}`);
  if (existsSync(path)) return path;
  mkdirSync(join(path, 'templates'), { recursive: true });
  writeFileSync(join(path, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 0.1.0\n');
  const values = Array.from({ length: size }, (_, index) => services.names(index));
  writeFileSync(join(path, 'values.yaml'), JSON.stringify({ services: values }));
  writeFileSync(join(path, 'templates', 'services.yaml'), services.template());
  return path;
}

function helmVersion() {
  if (HELM === undefined) return undefined;
  return spawnSync(HELM, ['version', '--template', '{{ .Version }}'], { encoding: 'utf8' }).stdout.trim();
}

/** Each goal as one number, which is to be at most as large as the goal. */
function goals(sets) {
  const all = (size) =>
    Object.assign({}, ...sets.filter((set) => set.size === size).map(({ contenders }) => contenders));
  const [one, hundred, thousand, most] = [1, 100, 1000, 5000].map(all);
  const ratio = (a, b, key = 'seconds') => (b === undefined ? undefined : round(a[key] / b[key]));
  const small = { size: 1000, seconds: thousand[OURS_PER].seconds };
  return {
    P1: { goal: 1.1, value: ratio(thousand[OURS_IN_PLAIN], thousand[PLAIN]) },
    P2: { goal: 0.35, value: ratio(thousand[OURS], thousand[PLAIN]) },
    'P2, beside helm': { goal: 0.55, value: ratio(thousand[OURS], thousand.helm, 'process') },
    'P3, 1 000 charts': { goal: 0.3, value: ratio(thousand[OURS_PER], thousand[PLAIN]) },
    'P3, 5 000 charts': { goal: 0.27, value: ratio(most[OURS_PER], most[PLAIN]) },
    'P3, exponent': { goal: 1.1, value: exponent(small, { size: 5000, seconds: most[OURS_PER].seconds }) },
    P4: { goal: 1.3, value: ratio(hundred[CHAIN], hundred[OURS]) },
    P5: { goal: 1.1, value: ratio(one[OURS], one[PLAIN], 'process') },
    P8: { goal: 0.03, value: ratio(thousand[RULES], thousand[PLAIN]) },
    P9: { goal: 0.5, value: ratio(most[OURS_PER], most[PLAIN_PER], 'megabytes') },
  };
}
