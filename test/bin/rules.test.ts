import { readFileSync } from 'node:fs';
import { RULES } from '../../lib/rules';
import { rolloutCannotProceed } from '../../lib/rules/app/rollout-cannot-proceed';
import { BUILT_INS } from '../../lib/validation/built-in';
import { runs } from '../support/command-line';

const ALL = [...RULES, ...BUILT_INS].sort((one, other) => (one.id < other.id ? -1 : 1));
const rules = (...args: readonly string[]) => runs(['rules', ...args]);

describe('the list', () => {
  test('has a line for each rule: severity, id, and the first sentence of why', () => {
    const { code, out, error } = rules();
    expect([code, error]).toEqual([0, '']);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'warning  app/claim-shared-by-pods                   A claim with ReadWriteOnce is attached to one node.',
      'warning  app/connections-overflow-tracking          A node remembers each connection, and an ended one for two minutes more.',
    ]);
    expect(out).toMatch(/\n.*\.\n$/);
    expect([...out.matchAll(/^(\w+) +(\S+) +[A-Z`].*[.]$/gm)].map(([, severity, id]) => [severity, id])).toEqual(
      ALL.map(({ severity, id }) => [severity, id]),
    );
  });

  test('stands in columns', () => {
    const sentences = rules()
      .out.trimEnd()
      .split('\n')
      .map((line) => line.search(/(?<= )[A-Z`]/));
    const width = Math.max(...ALL.map(({ id }) => id.length));
    expect([...new Set(sentences)]).toEqual(['warning'.length + 2 + width + 2]);
  });

  test('for programs', () => {
    const { code, out } = rules('--format', 'json');
    expect(code).toBe(0);
    expect(out).toMatch(/^\[\n {2}\{\n {4}"id": .*\n\]\n$/s);
    expect(JSON.parse(out)).toStrictEqual(
      ALL.map((one) => {
        const { id, severity } = one;
        const rule = RULES.find((each) => each.id === id);
        const own = rule === undefined ? {} : { since: rule.since, sources: rule.sources };
        return { id, severity, why: one.why.replaceAll('\n', ' '), ...own };
      }),
    );
  });
});

describe('one rule', () => {
  const id = 'app/rollout-cannot-proceed';

  test('is told of as in docs/rules.md', () => {
    const { code, out, error } = rules(id);
    expect([code, error]).toEqual([0, '']);
    expect(out).toBe(`## app/rollout-cannot-proceed

error, since 0.1.0

A roll-out goes on by one of two steps: it starts a pod more than there should be, or it stops one first. If both are forbidden there is no first step. The API server refuses such a Deployment. It takes such a Rollout of Argo, whose controller then does nothing with it any more.

Found in:

\`\`\`yaml
${rolloutCannotProceed.bad.trim()}
\`\`\`

as:

\`\`\`text
Deployment web: app/rollout-cannot-proceed: spec.strategy.rollingUpdate.maxUnavailable: 0, while maxSurge is 0, so that no roll-out can begin and the API server refuses the Deployment; set maxSurge to 1; with WebApp: surge: CountOrPercent.count(1)
\`\`\`

Mended:

\`\`\`yaml
${rolloutCannotProceed.good.trim()}
\`\`\`

- <https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable>
- <https://github.com/argoproj/argo-rollouts/blob/v1.9.1/pkg/apis/rollouts/validation/validation.go>
`);
    expect(readFileSync('docs/rules.md', 'utf8')).toContain(`\n${out}\n`);
    expect(rules(id, '--format', 'text').out).toBe(out);
  });

  test('for programs', () => {
    const { severity, since, bad, good, sources } = rolloutCannotProceed;
    expect(JSON.parse(rules('--format', 'json', id).out)).toEqual({
      id,
      severity,
      since,
      why: 'A roll-out goes on by one of two steps: it starts a pod more than there should be, or it stops one first. If both are forbidden there is no first step. The API server refuses such a Deployment. It takes such a Rollout of Argo, whose controller then does nothing with it any more.',
      sources,
      bad: bad.trim(),
      good: good.trim(),
      findings: [expect.stringMatching(/^Deployment web: app\/rollout-cannot-proceed: spec\.strategy/)],
    });
  });
});

describe('what the check itself finds', () => {
  const id = 'findings/duplicate-object';

  test('is told of as in docs/rules.md', () => {
    const { code, out } = rules(id);
    expect([code, out]).toEqual([0, expect.stringMatching(/^## findings\/duplicate-object\n\nerror\n\nTwo objects/)]);
    expect(readFileSync('docs/rules.md', 'utf8')).toContain(`\n${out}`);
  });

  test('for programs', () => {
    const [known] = BUILT_INS.filter((one) => one.id === id);
    const why = known?.why.replaceAll('\n', ' ');
    expect(JSON.parse(rules(id, '--format', 'json').out)).toStrictEqual({ id, severity: 'error', why });
  });
});

describe('bad usage', () => {
  const MANY =
    'app/claim-shared-by-pods, app/connections-overflow-tracking, app/delay-needs-shell, app/delay-shorter-than-deregistration, app/dns-without-cluster-names';

  test.each<[string[], string]>([
    [['app/nothing'], '`app/nothing` is no rule; `cdk8s-patterns rules` lists them'],
    [['rollout-cannot-proceed'], '`rollout-cannot-proceed` is no rule; did you mean app/rollout-cannot-proceed?'],
    [['app/rollout-cannot'], '`app/rollout-cannot` is no rule; did you mean app/rollout-cannot-proceed?'],
    [['rollout-cannot'], '`rollout-cannot` is no rule; did you mean app/rollout-cannot-proceed?'],
    [
      ['app'],
      `\`app\` is no rule; did you mean ${MANY} and ${RULES.filter(({ id }) => id.startsWith('app/')).length - 5} more?`,
    ],
    [['App/rollout-cannot-proceed'], '`App/rollout-cannot-proceed` is no rule; `cdk8s-patterns rules` lists them'],
    [['a', 'b'], 'name one rule, or none for the list'],
    [['--format', 'sarif'], '--format: `sarif` is none of text, json'],
    [['--quiet'], "unknown option '--quiet'; see --help"],
  ])('%j', (args, message) => {
    expect(rules(...args)).toEqual({ code: 2, out: '', error: `cdk8s-patterns rules: ${message}\n` });
  });

  test('--help', () => {
    expect(rules('--help')).toEqual({
      code: 0,
      out: `usage: cdk8s-patterns rules [--format text|json] [ID]

Lists all rules and what the check itself may find, or tells of one why it is there, what it finds, and how to mend it.
`,
      error: '',
    });
    expect(rules('app/nothing', '--help').code).toBe(0);
  });
});
