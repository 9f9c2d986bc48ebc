import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, runs } from '../support/command-line';
import { exampleFile } from '../support/examples';
import { CLEAN } from '../support/manifests';
import { varied } from '../support/rules';

const README = readFileSync(exampleFile('app-that-survives-its-deployment', 'expected.yaml'), 'utf8');
const GOLDEN = readFileSync(join(__dirname, '../golden/explain/checkout.txt'), 'utf8');

const explain = (yaml: string, ...args: readonly string[]) =>
  inFolder({ 'x.yaml': yaml }, () => runs(['explain', 'x.yaml', ...args]));

/** What happens in one section, without the fields that it follows from. */
function section(yaml: string, name: string, ...args: readonly string[]): string[] {
  const { out } = explain(yaml, '--format', 'json', ...args);
  return JSON.parse(out)[0][name].map(({ at, what }: { at?: string; what: string }) => `${at ?? ''}: ${what}`);
}

test('the app of the README, as a user reads it', () => {
  expect(explain(README, 'checkout')).toEqual({ code: 0, out: GOLDEN, error: '' });
});

test('every number is traced to a field, or marked as a default', () => {
  const [explanation] = JSON.parse(explain(README, '--format', 'json').out);
  const text = JSON.stringify(explanation);
  for (const list of ['start', 'rollout', 'stop', 'drain']) {
    for (const { at, what, because } of explanation[list]) {
      const numbers = [...`${at ?? ''} ${what}`.matchAll(/\b[1-9]\d*\b/g)];
      if (numbers.length > 0) expect([what, because]).not.toEqual([what, []]);
    }
  }
  expect(text).toContain(
    '"field":"spec.template.spec.containers[0].startupProbe.initialDelaySeconds","value":0,"isDefault":true',
  );
  expect(text).toContain(
    '"field":"spec.template.spec.containers[0].startupProbe.periodSeconds","value":3,"isDefault":false',
  );
});

const deployment = (spec: string, pod = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  ${spec}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" ${pod} }]
`;
const budget = (limit: string, name = 'web') => `---
{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: ${name} }, spec: { ${limit}, selector: { matchLabels: { app: web } } } }
`;

describe('start', () => {
  test('without probes there is nothing to wait for', () => {
    expect(section(deployment('replicas: 2', ', ports: [{ containerPort: 80 }]'), 'start')).toEqual([
      '0 s: web starts',
      '0 s: web counts as ready at once: it has no readinessProbe',
      ': the pod counts as available 0 s after it is ready',
    ]);
  });

  test('without a startup probe, liveness has the last word', () => {
    const liveness = ', livenessProbe: { httpGet: { path: /, port: 80 }, initialDelaySeconds: 5, failureThreshold: 4 }';
    expect(section(deployment('replicas: 2', liveness), 'start')).toEqual(
      expect.arrayContaining([
        '35 to 36 s: web is restarted if livenessProbe never got an answer',
        ': web is told to stop at most 41 s after it stops to answer, killed at most 30 s later, and started again',
      ]),
    );
  });

  test('init containers come first', () => {
    const yaml = varied(
      CLEAN,
      '      containers:',
      '      initContainers: [{ name: migrate, image: "web:1.0" }]\n      containers:',
    );
    expect(section(yaml, 'start')[0]).toBe(': migrate runs and must end before what follows it starts');
  });
});

describe('roll-out', () => {
  test.each([
    [
      'replicas: 4',
      [
        '0 s: 1 new pod may start beside the 4 that there are: 5 at most',
        '0 s: 1 old pod may stop before a new one is available',
        ': at least 3 of 4 pods serve all the time',
        ': it goes in 2 waves',
      ],
    ],
    [
      'replicas: 1',
      [
        '0 s: 1 new pod may start beside the 1 that there are: 2 at most',
        '0 s: no old pod stops before a new one is available',
        ': at least 1 of 1 pod serve all the time',
        ': it goes in 1 wave',
      ],
    ],
  ])('of %s with the limits of Kubernetes', (spec, expected) => {
    expect(section(deployment(spec), 'rollout').slice(0, 4)).toEqual(expected);
  });

  test('that stops everything first', () => {
    expect(section(deployment('replicas: 2\n  strategy: { type: Recreate }'), 'rollout')).toEqual([
      '0 s: all 2 pods stop; none serves until new ones are ready',
      ': then new ones start, all at once',
      '600 s: without progress since the last step the roll-out counts as failed',
    ]);
  });

  test('of nothing', () => {
    expect(section(deployment('replicas: 0'), 'rollout')).toEqual([': nothing is replaced: there are 0 pods']);
  });

  test.each([
    [
      'StatefulSet',
      [
        '0 s: pods are replaced one by one, the one with the highest number first',
        ': each stops, for 30 s at most, before its successor starts',
        ': at least 1 of 2 pods serve all the time',
      ],
    ],
    ['DaemonSet', [': each node stops its old pod before it starts the new one, 1 of the nodes at a time']],
    ['Job', [': a Job is not rolled out: it is made anew']],
  ])('of a %s', (kind, expected) => {
    const yaml = varied(deployment('replicas: 2'), 'kind: Deployment', `kind: ${kind}`);
    expect(section(kind === 'Job' ? varied(yaml, 'apps/v1', 'batch/v1') : yaml, 'rollout')).toEqual(expected);
  });

  test.each([
    [
      '{ rollingUpdate: { maxUnavailable: 100% } }',
      ': each node stops its old pod before it starts the new one, 100% of the nodes at a time',
    ],
    ['{ rollingUpdate: { maxSurge: 2 } }', ': a new pod starts beside the old one, on 2 of the nodes at a time'],
    ['{ type: OnDelete }', ': a pod is replaced when somebody deletes it'],
  ])('of a DaemonSet with %s', (strategy, expected) => {
    const yaml = varied(deployment(`updateStrategy: ${strategy}`), 'kind: Deployment', 'kind: DaemonSet');
    expect(section(yaml, 'rollout')).toEqual([expected]);
  });

  test.each([
    ['', 'all new pods are ready'],
    [', autoPromotionEnabled: false', 'somebody promotes it'],
  ])('blue and green by Argo Rollouts%s', (more, when) => {
    const strategy = `strategy: { blueGreen: { activeService: web${more} } }`;
    const yaml = varied(
      varied(deployment(strategy), 'apps/v1', 'argoproj.io/v1alpha1'),
      'kind: Deployment',
      'kind: Rollout',
    );
    expect(section(yaml, 'rollout')).toEqual([
      `: Argo Rollouts starts a full second set of pods, and Service web sends to it when ${when}`,
    ]);
  });

  test('of a StatefulSet that waits for somebody', () => {
    const yaml = varied(deployment('updateStrategy: { type: OnDelete }'), 'kind: Deployment', 'kind: StatefulSet');
    expect(section(yaml, 'rollout')).toEqual([': a pod is replaced when somebody deletes it']);
  });

  test('by the steps of Argo Rollouts', () => {
    const strategy = 'strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } }';
    const yaml = varied(
      varied(deployment(strategy), 'apps/v1', 'argoproj.io/v1alpha1'),
      'kind: Deployment',
      'kind: Rollout',
    );
    expect(section(yaml, 'rollout')).toEqual([
      ': Argo Rollouts, step 1 of 2: {"setWeight":20}',
      ': Argo Rollouts, step 2 of 2: {"pause":{}}',
    ]);
    expect(section(varied(yaml, strategy, 'strategy: { canary: {} }'), 'rollout')).toEqual([
      ': Argo Rollouts replaces the pods without steps',
    ]);
  });
});

describe('stop', () => {
  test('without hooks, SIGTERM comes at once', () => {
    expect(section(deployment('replicas: 2'), 'stop')).toEqual([
      '0 s: the pod is told to stop, and its hooks begin',
      '0 s: web gets SIGTERM: it has no preStop hook',
      '30 s: SIGKILL to whatever still runs',
    ]);
  });

  test('a hook that takes its time from elsewhere', () => {
    const hook = ', lifecycle: { preStop: { exec: { command: [sh, -c, "sleep $DELAY"] } } }';
    expect(section(deployment('replicas: 2', hook), 'stop')).toContain(
      ': web gets SIGTERM after its hook, whose time the manifest does not say',
    );
  });
});

describe('drain', () => {
  test.each([
    ['no budget', deployment('replicas: 2'), ': 2 pods may go at once: there is no budget'],
    [
      'a budget',
      deployment('replicas: 4') + budget('maxUnavailable: 2'),
      ': 2 pods of 4 may go at once; the next when its replacement is ready',
    ],
    [
      'a budget that lets none go',
      deployment('replicas: 2') + budget('minAvailable: 2'),
      ': blocked: of 2 pods none may go',
    ],
    [
      'two budgets',
      deployment('replicas: 2') + budget('maxUnavailable: 1') + budget('maxUnavailable: 1', 'more'),
      ': blocked: budgets web and more cover the same pods, so that every eviction is refused',
    ],
    [
      'a bare pod',
      '{ apiVersion: v1, kind: Pod, metadata: { name: web } }',
      ': blocked: nothing makes the pod anew, so that a drain refuses to delete it without --force',
    ],
    [
      'a DaemonSet',
      varied(deployment(''), 'kind: Deployment', 'kind: DaemonSet'),
      ': a drain refuses to begin without --ignore-daemonsets, and then leaves its pods where they are',
    ],
    [
      'a DaemonSet-like number that nobody chooses',
      varied(varied(deployment(''), 'kind: Deployment', 'kind: Job'), 'apps/v1', 'batch/v1') +
        budget('maxUnavailable: 1'),
      ': budget web decides, of a number of pods that nobody chooses',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(section(yaml, 'drain')[0]).toBe(expected);
  });

  test('hard spread over few nodes', () => {
    const spread =
      'spec:\n      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: web } } }]\n      containers';
    const yaml = varied(deployment('replicas: 6'), 'spec:\n      containers', spread) + budget('maxUnavailable: 1');
    expect(section(yaml, 'drain', '--target', 'nodes=3')).toEqual([
      ': 1 pod of 6 may go at once; the next when its replacement is ready',
      expect.stringMatching(/^: blocked: \d pods? can never leave a node of 3, since others may not exceed it$/),
      ': each takes 30 s at most to stop',
    ]);
  });
});

describe('what is named', () => {
  test.each(['checkout', 'shop/checkout', 'Deployment/checkout', 'Deployment shop/checkout'])('%s', (object) => {
    expect(explain(README, object).code).toBe(0);
  });

  test.each([
    [['nothing'], 'cdk8s-patterns explain: there is no workload `nothing` in x.yaml; there are Deployment/checkout\n'],
    [['checkout', 'cart'], 'cdk8s-patterns explain: name one path, and perhaps one object\n'],
    [['--format', 'sarif'], 'cdk8s-patterns explain: --format: `sarif` is none of text, json\n'],
  ])('%j is refused', (args, error) => {
    expect(explain(README, ...args)).toEqual({ code: 2, out: '', error });
  });

  test('a file without workloads', () => {
    expect(explain('a: 1').error).toBe('cdk8s-patterns explain: there is no workload in x.yaml\n');
    expect(runs(['explain']).error).toBe('cdk8s-patterns explain: name one path, and perhaps one object\n');
  });

  test('what cannot be read is told of, and the rest explained', () => {
    const { code, out, error } = explain(`${CLEAN}---\na: "\n`);
    expect([code, error]).toEqual([2, 'x.yaml:12: Missing closing "quote\n']);
    expect(out).toContain('Deployment default/web');
  });
});
