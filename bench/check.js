// How long `check` takes beside kube-linter and kube-score, as whole processes, in one interleaved run:
//   npm run bundle && node bench/check.js [rounds]
// The linters come from ../shared/rig (part `lint`) or from the PATH; without them our own figures are measured alone.
const { spawn, spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { homedir, tmpdir, cpus, totalmem } = require('node:os');
const { join } = require('node:path');
const { appFiles } = require('./apps');

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
  results.exponent = exponent(results.growth);
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

/** Wall time and peak memory of a whole process; its findings are no failure. */
function measure({ command, args }) {
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let bytes = 0;
    let memory = 0;
    const look = () => {
      try {
        memory = Math.max(
          memory,
          Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
        );
      } catch {}
    };
    const timer = setInterval(look, 10);
    child.stdout.on('data', (chunk) => {
      bytes += chunk.length;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code > 1 || bytes === 0) return reject(new Error(`${command} ended with ${code} and ${bytes} bytes`));
      resolve({ seconds: Number(process.hrtime.bigint() - begin) / 1e9, megabytes: memory / 1024 });
    });
  });
}

function medians(runs) {
  return {
    seconds: round(median(runs.map(({ seconds }) => seconds))),
    megabytes: Math.round(median(runs.map(({ megabytes }) => megabytes))),
  };
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The power of the number of objects by which time grows, over the whole range. */
function exponent(growth) {
  const first = growth[0];
  const last = growth[growth.length - 1];
  return round(Math.log(last.seconds / first.seconds) / Math.log(last.objects / first.objects));
}

function machine() {
  return {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
