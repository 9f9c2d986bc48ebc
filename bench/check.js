// How long `check` takes beside kube-linter and kube-score, as whole processes, in one interleaved run:
//   npm run bundle && node bench/check.js [rounds]
// The linters come from ../shared/rig (part `lint`) or from the PATH; without them our own figures are measured alone.
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { homedir, tmpdir } = require('node:os');
const { join } = require('node:path');
const { appFiles } = require('./apps');
const { exponent, machine, measure, median, round } = require('./measure');

const ROOT = join(__dirname, '..');
const ROUNDS = Number(process.argv[2] ?? 5);
const OURS = join(ROOT, 'build/bin/cdk8s-patterns.js');
const DATA = join(ROOT, '../shared/data');
const BIN = join(
  process.env.RIG_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-patterns-rig'),
  'bin',
);

const folder = mkdtempSync(join(tmpdir(), 'bench-check-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

main();

async function main() {
  const results = { rounds: ROUNDS, machine: machine(), bareNode: await bareNode(), comparisons: [], growth: [] };
  for (const { name, paths } of [
    { name: '8 000 generated objects', paths: [generated(8_000)] },
    { name: '../shared/data', paths: existsSync(DATA) ? [DATA] : [] },
  ]) {
    if (paths.length === 0) continue;
    results.comparisons.push({ name, ...(await compare(contenders(paths))) });
  }
  const sizes = [5_000, 10_000, 25_000, 50_000];
  for (const objects of sizes) {
    const path = generated(objects);
    const runs = [];
    for (let round = 0; round < Math.min(ROUNDS, 3); round += 1) runs.push(await measure(ours([path])));
    results.growth.push({ objects, ...medians(runs) });
  }
  const ends = [results.growth[0], results.growth.at(-1)].map(({ objects, seconds }) => ({ size: objects, seconds }));
  results.exponent = exponent(...ends);
  writeFileSync(join(__dirname, 'check.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(JSON.stringify(results, undefined, 2));
}

/** A folder with a file for each app of 8 objects. */
function generated(objects) {
  const path = join(folder, String(objects));
  if (existsSync(path)) return path;
  mkdirSync(path);
  for (const { name, text } of appFiles(objects / 8)) writeFileSync(join(path, name), text);
  return path;
}

function ours(paths) {
  return { name: 'cdk8s-patterns', command: process.execPath, args: [OURS, 'check', ...paths] };
}

function contenders(paths) {
  const files = paths.flatMap((path) =>
    spawnSync('find', [path, '-name', '*.yaml'], { encoding: 'utf8' }).stdout.trim().split('\n'),
  );
  return [
    ours(paths),
    { name: 'kube-linter', command: program('kube-linter'), args: ['lint', ...paths] },
    { name: 'kube-score', command: program('kube-score'), args: ['score', '--output-format', 'ci', ...files] },
  ].filter(({ command }) => command !== undefined);
}

/** What node takes to do nothing: the least that a command in JavaScript can take. */
async function bareNode() {
  const runs = [];
  for (let round = 0; round < ROUNDS; round += 1)
    runs.push(await measure({ command: process.execPath, args: ['-p', '0'] }));
  return medians(runs);
}

function program(name) {
  const built = join(BIN, name);
  if (existsSync(built)) return built;
  return spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim() || undefined;
}

async function compare(all) {
  const runs = new Map(all.map(({ name }) => [name, []]));
  for (const one of all) await measure(one);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of all) runs.get(one.name).push(await measure(one));
  }
  const tools = Object.fromEntries([...runs].map(([name, each]) => [name, medians(each)]));
  const others = Object.entries(tools).filter(([name]) => name !== 'cdk8s-patterns');
  const fastest = Math.min(...others.map(([, { seconds }]) => seconds));
  return { tools, ratio: others.length === 0 ? undefined : round(tools['cdk8s-patterns'].seconds / fastest) };
}

function medians(runs) {
  return {
    seconds: round(median(runs.map(({ seconds }) => seconds))),
    megabytes: Math.round(median(runs.map(({ megabytes }) => megabytes))),
  };
}
