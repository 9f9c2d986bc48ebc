import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { inFolder, runs } from '../support/command-line';
import { CLEAN, FAULTY, WARNED } from '../support/manifests';

const check = (files: Readonly<Record<string, string | Buffer>>, ...args: readonly string[]) =>
  inFolder(files, () => runs(['check', ...args]));

describe('exit code and text', () => {
  test('clean', () => {
    expect(check({ 'web.yaml': CLEAN }, '.')).toEqual({
      code: 0,
      out: '1 object in 1 file: 0 errors, 0 warnings\n',
      error: '',
    });
  });

  test('findings, each with its place, its problem and its fix', () => {
    expect(check({ 'web.yaml': FAULTY }, 'web.yaml')).toEqual({
      code: 1,
      out: `web.yaml:5  error  app/rollout-cannot-proceed  Deployment shop/web
  spec.strategy.rollingUpdate.maxUnavailable: 0, while maxSurge is 0, so that no roll-out can begin and the API server refuses the Deployment
  fix: set maxSurge to 1; with WebApp: surge: CountOrPercent.count(1)

web.yaml:11  warning  app/image-not-pinned  Deployment shop/web
  spec.template.spec.containers[0].image: \`web:latest\` is whatever was pushed last, so that a restart may bring another build
  fix: use \`web:1.0.0\`, with the tag that you mean, or a digest

1 object in 1 file: 1 error, 1 warning
`,
      error: '',
    });
  });

  test('warnings alone fail only where they shall', () => {
    expect(check({ 'web.yaml': WARNED }, '.').code).toBe(0);
    expect(check({ 'web.yaml': WARNED }, '.', '--fail-on', 'warning').code).toBe(1);
    expect(check({ 'web.yaml': CLEAN }, '.', '--fail-on', 'warning').code).toBe(0);
  });

  test('colours for a terminal', () => {
    const { out } = inFolder({ 'web.yaml': FAULTY }, () => runs(['check', '.'], '', true));
    expect(out).toContain('\u001B[31merror\u001B[0m  app/rollout-cannot-proceed');
    expect(out).toContain('\u001B[33mwarning\u001B[0m  app/image-not-pinned');
  });

  test('--quiet prints findings alone', () => {
    expect(check({ 'web.yaml': CLEAN }, '.', '--quiet').out).toBe('');
    expect(check({ 'web.yaml': WARNED }, '.', '--quiet').out).not.toContain('1 object');
  });
});

describe('what is read', () => {
  test('files, folders and stdin are one world', () => {
    const service =
      '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: wev }, ports: [{ port: 80 }] } }';
    const outcome = inFolder({ 'a/web.yml': CLEAN }, () => runs(['check', 'a', '-'], service));
    expect(outcome.out).toContain('stdin:1  warning  app/service-selects-nothing  Service web');
    expect(inFolder({}, () => runs(['check', '-'], service)).out).not.toContain('selects-nothing');
  });

  test('folders give .yaml, .yml and .json below them, but for hidden ones and node_modules', () => {
    const files = ['a.yaml', 'b.yml', 'c.json', 'd/e/f.YAML', 'g.txt', '.git/h.yaml', 'node_modules/i.yaml'];
    const outcome = check(Object.fromEntries(files.map((file) => [file, WARNED])), '.', '--format', 'json');
    const found = JSON.parse(outcome.out).findings.map(({ file }: { file: string }) => file);
    expect([...new Set(found)]).toEqual(['a.yaml', 'b.yml', 'c.json', 'd/e/f.YAML']);
  });

  test('a file is read whatever its name, and once', () => {
    const outcome = check({ 'web.txt': CLEAN }, 'web.txt', './web.txt');
    expect(outcome.out).toBe('1 object in 1 file: 0 errors, 0 warnings\n');
  });

  test('links are followed, once', () => {
    inFolder({ 'a/web.yaml': WARNED }, () => {
      symlinkSync('..', 'a/up');
      symlinkSync('a', 'b');
      expect(runs(['check', '.']).out).toContain('1 object in 1 file');
    });
  });

  test('what is no Kubernetes object is counted', () => {
    expect(check({ 'values.yaml': 'a: 1 # apiVersion\n---\nb: 2\n', 'web.yaml': CLEAN }, '.').out).toBe(
      '1 object in 2 files: 0 errors, 0 warnings, 2 documents of other kinds\n',
    );
  });

  test('in a folder, a file without apiVersion is none of ours, however broken', () => {
    expect(check({ 'x.yaml': 'a: "\n\tb', 'tsconfig.json': '{ // a comment\n}', 'web.yaml': CLEAN }, '.').code).toBe(0);
    expect(check({ 'x.yaml': 'a: "\n\tb' }, 'x.yaml').code).toBe(2);
  });
});

describe('--format and --output', () => {
  test.each(['json', 'sarif', 'gitlab', 'junit'])('%s goes to stdout, or to a file', (format) => {
    inFolder({ 'web.yaml': FAULTY }, () => {
      const { out } = runs(['check', '.', '--format', format]);
      const toFile = runs(['check', '.', '--format', format, '--output', 'report']);
      expect(toFile).toEqual({ code: 1, out: '', error: '1 object in 1 file: 1 error, 1 warning\n' });
      expect(readFileSync('report', 'utf8')).toBe(out);
      expect(runs(['check', '.', '--format', format, '--output', 'report', '--quiet']).error).toBe('');
    });
  });

  test('a file that cannot be written', () => {
    expect(check({ 'web.yaml': CLEAN }, '.', '--output', 'no/such/folder')).toMatchObject({
      code: 2,
      error: expect.stringContaining('cdk8s-patterns check: --output: ENOENT'),
    });
  });
});

describe('--target', () => {
  const sidecar = `apiVersion: v1
kind: Pod
metadata: { name: web, ownerReferences: [] }
spec:
  initContainers: [{ name: proxy, image: "proxy:1.0", restartPolicy: Always }]
  containers: [{ name: web, image: "web:1.0" }]
`;

  test('chooses what the rules know of the cluster', () => {
    const ids = (target: string) => check({ 'pod.yaml': sidecar }, '.', '--target', target, '--format', 'json').out;
    expect(ids('kubernetes=1.27')).toContain('app/native-sidecar-unsupported');
    expect(ids('kubernetes=1.33,nodes=6,istio=1.30')).not.toContain('app/native-sidecar-unsupported');
  });

  test('what no rule reads is told of', () => {
    expect(check({ 'web.yaml': CLEAN }, '.', '--target', 'cilium=1.18')).toMatchObject({
      code: 0,
      error: "note: no rule of this version asks for the target's cilium\n",
    });
    expect(check({ 'web.yaml': CLEAN }, '.', '--target', 'cilium=1.18', '--quiet').error).toBe('');
  });

  test.each([
    ['kubernetes=1.99', '--target: KubernetesVersion.of: `1.99` is outside 1.27 to 1.37'],
    ['kubernetes', '--target: `kubernetes` is no key=value; use kubernetes=1.33,nodes=6'],
    ['kubernetes=', '--target: `kubernetes=` is no key=value'],
    ['a=b=c', '--target: `a=b=c` is no key=value'],
    ['nodes=some', '--target: nodes=some is no whole number; use nodes=6'],
    ['nodes=0', 'nodes'],
    ['istio=latest', '`latest` is no release of Istio'],
    ['disposable=perhaps', '--target: disposable=perhaps is neither true nor false'],
    [
      'linkerd=2',
      '--target: `linkerd` is unknown; known are kubernetes, nodes, istio, calico, data-plane, disposable, ',
    ],
    ['nodes=3,nodes=4', '--target: nodes is given twice'],
  ])('%s is refused', (target, message) => {
    const { code, error } = check({ 'web.yaml': CLEAN }, '.', '--target', target);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('--rules and --skip', () => {
  test('asks some rules alone', () => {
    const { out } = check({ 'web.yaml': FAULTY }, '.', '--rules', 'app/image-not-pinned');
    expect(out).toContain('0 errors, 1 warning');
  });

  test('a rule is left out where a file says why', () => {
    const reasons =
      'skip: [{ id: app/rollout-cannot-proceed, reason: "a drill of the chaos team", until: 2999-01-01 }]';
    const files = { 'web.yaml': FAULTY, '.cdk8s-patterns.yaml': reasons };
    expect(check(files, 'web.yaml', '--skip', 'app/rollout-cannot-proceed').out).toContain('0 errors, 1 warning');
    expect(check(files, 'web.yaml').out).toContain('1 error, 1 warning');
  });

  test.each([
    [
      ['--skip', 'app/image-not-pinned'],
      '--skip: app/image-not-pinned needs a reason; write it to .cdk8s-patterns.yaml: skip: [{ id: app/image-not-pinned, reason: ... }]',
    ],
    [['--rules', 'image-not-pinned'], '--rules: `image-not-pinned` is no rule; did you mean app/image-not-pinned?'],
    [['--rules', 'app/nonsense'], '--rules: `app/nonsense` is no rule; `cdk8s-patterns rules` lists them'],
    [['--rules', ','], '--rules names no rule'],
  ])('%j is refused', (args, message) => {
    expect(check({ 'web.yaml': CLEAN }, '.', ...args)).toEqual({
      code: 2,
      out: '',
      error: `cdk8s-patterns check: ${message}\n`,
    });
  });

  test('a reason that is over does not count', () => {
    const reasons = 'skip: [{ id: app/image-not-pinned, reason: later, until: 2020-01-31 }]';
    const files = { 'web.yaml': WARNED, '.cdk8s-patterns.yaml': reasons };
    expect(check(files, 'web.yaml', '--skip', 'app/image-not-pinned').error).toContain(
      '--skip: the reason to leave app/image-not-pinned out held until 2020-01-31, which has passed',
    );
  });
});

describe('acknowledgements', () => {
  const accepted = (entry: string) => ({ 'web.yaml': WARNED, '.cdk8s-patterns.yaml': `acknowledge:\n  - ${entry}\n` });

  test('are taken from the file in the working directory', () => {
    const files = accepted('{ id: app/image-not-pinned, object: Deployment shop/web, reason: rebuilt daily }');
    expect(check(files, 'web.yaml').out).toBe('1 object in 1 file: 0 errors, 0 warnings, 1 acknowledged\n');
  });

  test('or from another one', () => {
    const files = {
      'web.yaml': WARNED,
      'a.yaml': 'acknowledge: [{ id: app/image-not-pinned, object: "*", reason: r }]',
    };
    expect(check(files, 'web.yaml', '--acknowledgements', 'a.yaml').out).toContain('1 acknowledged');
    expect(check(files, 'web.yaml', '--acknowledgements', 'b.yaml')).toMatchObject({
      code: 2,
      error: expect.stringContaining('--acknowledgements: ENOENT'),
    });
  });

  test('one that accepts nothing is a finding', () => {
    const files = accepted('{ id: app/image-not-pinned, object: Deployment shop/api, reason: r }');
    expect(
      check(files, 'web.yaml').out,
    ).toContain(`.cdk8s-patterns.yaml:2  warning  findings/unused-acknowledgement  Acknowledgement app/image-not-pinned
  acknowledge[0]: \`app/image-not-pinned\` is accepted, but is not found here (of Deployment shop/api)
  fix: remove the entry
`);
  });

  test('one that is over is a finding, and accepts nothing', () => {
    const files = accepted('{ id: app/image-not-pinned, object: "*", reason: r, until: 2020-01-31 }');
    const { out } = check(files, 'web.yaml');
    expect(out).toContain('app/image-not-pinned  Deployment shop/web');
    expect(
      out,
    ).toContain(`.cdk8s-patterns.yaml:2  warning  findings/expired-acknowledgement  Acknowledgement app/image-not-pinned
  acknowledge[0].until: \`app/image-not-pinned\` was accepted until 2020-01-31, which has passed
`);
  });

  test('a rule that is not asked leaves its entries alone', () => {
    const files = accepted('{ id: app/image-not-pinned, object: "*", reason: r }');
    expect(check(files, 'web.yaml', '--rules', 'app/rollout-cannot-proceed').out).toContain('0 warnings');
  });
});

describe('bad input: a line for each file, and the others are checked', () => {
  test.each<[string, string | Buffer, string]>([
    [
      'a tab',
      'apiVersion: v1\nmetadata:\n\tname: web\n',
      'x.yaml:3:1  unreadable  Tabs are not allowed as indentation',
    ],
    ['a key twice', 'apiVersion: v1\nkind: A\nkind: B\n', 'x.yaml:3:1  unreadable  Map keys must be unique'],
    ['an open quote', 'apiVersion: "v1\n', 'x.yaml:2:1  unreadable  Missing closing "quote'],
    [
      'binary',
      Buffer.from([0x61, 0x70, 0x69, 0x56, 0x65, 0x72, 0x73, 0x69, 0x6f, 0x6e, 0xff, 0xfe]),
      'x.yaml  unreadable  is no text in UTF-8',
    ],
    ['a zero byte', 'apiVersion: v1\u0000\n', 'x.yaml  unreadable  is no text in UTF-8'],
    ['UTF-16', Buffer.from('\uFEFFapiVersion: v1', 'utf16le'), 'x.yaml  unreadable  is UTF-16; save it as UTF-8'],
    [
      'a template',
      'apiVersion: v1\nname: {{ .Values.name }}\n',
      'x.yaml:2:8  unreadable  a key must be a text, and is a map or a list; render templates first: helm template . | cdk8s-patterns check -',
    ],
    ['no such anchor', 'apiVersion: *v\n', 'x.yaml:1:14  unreadable  unidentified alias "v"'],
    ['depth', `apiVersion: ${'['.repeat(5_000)}${']'.repeat(5_000)}\n`, 'x.yaml:1:'],
  ])('%s', (_, content, message) => {
    const { code, out } = check({ 'x.yaml': content, 'web.yaml': CLEAN }, 'x.yaml', 'web.yaml');
    expect([code, out]).toEqual([2, expect.stringContaining(message)]);
    expect(out).toContain('1 object in 2 files: 0 errors, 0 warnings, 1 unreadable\n');
  });

  test('an unknown tag is no fault: Kubernetes takes the value as it is', () => {
    expect(check({ 'web.yaml': CLEAN.replace('kind: Dep', 'kind: !mine Dep') }, '.').out).toContain('1 object');
  });

  test('the other documents of the file are checked too', () => {
    const { code, out } = check({ 'x.yaml': `${WARNED}---\nkind: "\n---\n${CLEAN}` }, 'x.yaml');
    expect([code, out]).toEqual([2, expect.stringContaining('2 objects in 1 file: 0 errors, 1 warning, 1 unreadable')]);
  });

  test('aliases that stand for billions', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 10; level += 1) {
      const aliases = Array(10)
        .fill(`*a${level - 1}`)
        .join(', ');
      lines.push(`a${level}: &a${level} [${aliases}]`);
    }
    const { code, out } = check({ 'x.yaml': `apiVersion: v1\nkind: List\nitems: []\n${lines.join('\n')}\n` }, 'x.yaml');
    expect([code, out]).toEqual([2, expect.stringContaining('its aliases stand for more than 1,000,000 values')]);
  });

  test.each([
    ['a file that is not there', ['nothing.yaml'], 'nothing.yaml  unreadable  is not there\n'],
    ['a link that leads nowhere', ['links'], 'links/a.yaml  unreadable  is not there, a link leads there\n'],
  ])('%s', (_, paths, message) => {
    inFolder({ 'web.yaml': CLEAN }, () => {
      mkdirSync('links');
      symlinkSync('nowhere', 'links/a.yaml');
      expect(runs(['check', ...paths, 'web.yaml'])).toMatchObject({ code: 2, out: expect.stringContaining(message) });
    });
  });

  test('a link to itself', () => {
    inFolder({ 'web.yaml': CLEAN }, () => {
      symlinkSync('loop.yaml', 'loop.yaml');
      expect(runs(['check', '.'])).toMatchObject({
        code: 2,
        out: expect.stringContaining('loop.yaml  unreadable  is a link to itself'),
      });
    });
  });
});

describe('what stands for something else', () => {
  const service =
    '---\n{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop }, spec: { selector: { app: web }, ports: [{ port: 80 }] } }\n';
  const pod = (head: string) =>
    `---\n{ apiVersion: v1, kind: Pod, metadata: { name: web-1, namespace: shop, labels: { app: web }, ${head} }, spec: { containers: [{ name: web, image: "web:latest" }] } }\n`;
  const ids = (yaml: string) =>
    JSON.parse(check({ 'x.yaml': yaml }, '.', '--format', 'json').out).findings.map(
      ({ id, object }: any) => `${object.kind} ${id}`,
    );

  test('pods that a workload of the input makes are judged there, as in a dump of a cluster', () => {
    const owned = pod('ownerReferences: [{ kind: ReplicaSet, name: web, controller: true }]');
    expect(ids(WARNED + service + owned)).toEqual(ids(WARNED + service));
    expect(
      ids(WARNED + service + pod('ownerReferences: [{ kind: Prometheus, name: web, controller: true }]')),
    ).toContain('Pod app/image-not-pinned');
  });

  test('the test pod of a chart takes no requests for the app', () => {
    const single = 'Deployment availability/single-replica';
    expect(ids(WARNED + service)).toContain(single);
    expect(ids(WARNED + service + pod('annotations: { helm.sh/hook: test }'))).toContain(single);
  });

  test('what an operator makes may be selected', () => {
    const cluster =
      '---\n{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: { name: db, namespace: shop }, spec: {} }\n';
    const selecting = service.replace('app: web', 'cnpg.io/cluster: db');
    expect(ids(WARNED + selecting)).toContain('Service app/service-selects-nothing');
    expect(ids(WARNED + selecting + cluster)).not.toContain('Service app/service-selects-nothing');
  });
});

describe('bad usage', () => {
  test.each([
    [[], 'name files or folders, or - for stdin'],
    [['--nodes', '6', '.'], "unknown option '--nodes'; see --help"],
    [['.', '--format', 'xml'], '--format: `xml` is none of text, json, sarif, gitlab, junit'],
    [['.', '--fail-on', 'draft'], '--fail-on: `draft` is none of error, warning'],
    [['.', '--format'], "option '--format <value>' argument missing; see --help"],
    [['.', '--format', 'json', '--format', 'text'], '--format is given twice; use commas'],
    [['empty'], 'there is no .yaml, .yml or .json file in empty'],
  ])('%j', (args, message) => {
    inFolder({ 'web.yaml': CLEAN }, () => {
      mkdirSync('empty');
      expect(runs(['check', ...args])).toEqual({ code: 2, out: '', error: `cdk8s-patterns check: ${message}\n` });
    });
  });

  test('nothing on stdin: the command before the pipe has failed', () => {
    expect(runs(['check', '-'])).toEqual({
      code: 2,
      out: '',
      error: 'cdk8s-patterns check: stdin is empty: what should write to it has failed, or wrote nothing\n',
    });
  });

  test('--help', () => {
    const { code, out } = runs(['check', '--help']);
    expect([code, out]).toEqual([0, expect.stringContaining('usage: cdk8s-patterns check [options] PATH...')]);
  });
});
