import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Compares ProductionApp with the App of every cdk8s that the registry serves, from the oldest that we allow on.
 *
 *     npm run test:cdk8s            every version
 *     npm run test:cdk8s -- 2.70.0  that one
 *
 * Versions whose code is the same but for the number are tried once.
 */
const OLDEST = '2.68.12';
const ROOT = resolve(__dirname, '..');
/** What decides the order and the bytes of what cdk8s writes. */
const DECISIVE = ['_util', 'api-object', 'app', 'chart', 'dependency', 'json-patch', 'lazy', 'metadata', 'names', 'resolve', 'yaml'];

/** Nothing of cdk8s may be in the bundle: it has to come from the folder in which it runs. */
const EXTERNAL = ['cdk8s', 'constructs', 'cdk8s-patterns', 'fast-check'].map((name) => `--external:${name}`);

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-versions-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
function main(asked: readonly string[]): void {
  const versions = asked.length > 0 ? asked : served();
  execFileSync('npx', ['esbuild', 'test/support/compare.ts', '--bundle', '--platform=node', '--target=node20', ...EXTERNAL, `--outfile=${join(folder, 'compare.js')}`], { cwd: ROOT, stdio: 'inherit' });
  const tried = new Map<string, string>();
  for (const version of versions) {
    const place = unpacked(version);
    const print = printOf(place);
    const twin = tried.get(print);
    if (twin === undefined) execFileSync(process.execPath, ['compare.js'], { cwd: place, stdio: 'inherit', env: { ...process.env, CDK8S: version } });
    console.log(twin === undefined ? `cdk8s ${version}: the same bytes` : `cdk8s ${version}: the code of ${twin}`);
    tried.set(print, twin ?? version);
    rmSync(place, { recursive: true });
  }
  console.log(`${versions.length} versions, ${tried.size} of them different: the same bytes`);
}

/** All versions in the registry from the oldest on. */
function served(): string[] {
  const all: string[] = JSON.parse(execFileSync('npm', ['view', 'cdk8s', 'versions', '--json'], { encoding: 'utf8' }));
  const order = (version: string) => version.split('.').map((part) => part.padStart(6, '0')).join('.');
  return all.filter((version) => /^2\.\d+\.\d+$/.test(version) && order(version) >= order(OLDEST)).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** A folder in which our package finds that version of cdk8s. */
function unpacked(version: string): string {
  const place = mkdtempSync(join(folder, 'v'));
  const modules = join(place, 'node_modules');
  for (const path of [join(modules, 'cdk8s'), join(modules, 'cdk8s-patterns')]) mkdirSync(path, { recursive: true });
  const tarball = execFileSync('npm', ['pack', `cdk8s@${version}`, '--silent', '--pack-destination', place], { encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(place, tarball), '-C', join(modules, 'cdk8s'), '--strip-components=1']);
  for (const name of ['build', 'package.json']) cpSync(join(ROOT, name), join(modules, 'cdk8s-patterns', name), { recursive: true });
  for (const name of ['constructs', 'fast-check', 'pure-rand']) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  cpSync(join(folder, 'compare.js'), join(place, 'compare.js'));
  return place;
}

/** The same for versions whose decisive code, and whose `yaml`, is the same. */
function printOf(place: string): string {
  const hash = createHash('sha256');
  const lib = join(place, 'node_modules/cdk8s/lib');
  for (const name of DECISIVE) {
    const code = readFileSync(join(lib, `${name}.js`), 'utf8');
    hash.update(code.replace(/version: "[\d.]+"/g, '').replace(/\/\/# sourceMappingURL.*/, ''));
  }
  const yaml = join(place, 'node_modules/cdk8s/node_modules/yaml/dist');
  if (!existsSync(yaml)) throw new Error(`cdk8s brings no yaml along in ${place}`);
  for (const path of readdirSync(yaml, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.js')).sort()) {
    hash.update(readFileSync(join(yaml, path)));
  }
  return hash.digest('hex');
}

main(process.argv.slice(2));
