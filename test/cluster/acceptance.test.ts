import { App, Chart } from 'cdk8s';
import { KubernetesVersion, ProductionValidation, TargetCluster, WebApp } from '../../lib';
import { WEB } from '../support/apps';
import { type Changed, type Combination, combinations } from '../support/combinations';
import { exampleFor, exampleNames, examplePrinted } from '../support/examples';
import { everyForm } from '../support/forms';
import { objects } from '../support/rules';
import { type Manifest, Refused } from './support/api';
import { TIER } from './support/around';
import { api, Namespace } from './support/cluster';
import { drill, type Figures } from './support/drill';
import { containers, deployments } from './support/mutations';
import { found } from './support/parts';

const OLDEST = '1.27';
const AT_ONCE = 8;
/** The short form of the suite stores one of so many pairs; all are judged. */
const SHORT = 12;
/** The version of an app after the next: other labels, which must restart nothing, and then another image. */
const DOCS = 'example.com/docs';
const RELABELLED: Changed = { labels: { [DOCS]: 'v2' } };
const NEXT: Changed = { ...RELABELLED, image: 'registry.example.com/next:2.0.0' };

/** The examples whose pods are in the network of their node, which no namespace of the restricted level lets in. */
const PRIVILEGED = ['network-untracked-memcached'];

const namespaces = Array.from({ length: AT_ONCE }, (_, index) => Namespace.forThisFile(`accept-${index}`));
const privileged = Namespace.forThisFile('accept-privileged', 'privileged');

beforeAll(async () => {
  for (const namespace of [...namespaces, privileged]) await withoutPods(namespace);
  // examples of teams take the tier of the platform for granted
  if (await api.serves(TIER)) await api.apply(TIER);
});

const LESSON = 'Everything is accepted';
const CONTROL =
  'a misspelt field is refused, and so is a container that may run as root; a field that is dropped is missed; another label on the pods is seen';

const forms = [OLDEST, found().newest].flatMap((version) =>
  combinations(version)
    .filter(({ refusal }) => refusal === undefined)
    .map((combination) => ({ version, combination, name: `${combination.name} for ${version}` })),
);

drill(
  {
    lesson: LESSON,
    claim: `each pair of options of each construct, for ${OLDEST} and for the server's own version, is accepted strictly at the restricted level, and no field of it is dropped`,
    control: CONTROL,
    needs: ['controllers'],
    within: 900,
  },
  async () => {
    const tally = new Tally();
    await inParallel(forms, (namespace, { name, ...form }) =>
      tally.note(name, async () => refusalsOf(await tally.judgeable(rendered(namespace, form)))),
    );
    expect(tally.problems).toEqual([]);
    return { claim: { forms: forms.length, ...tally.figures }, control: await refusals() };
  },
);

drill(
  {
    lesson: LESSON,
    claim:
      'stored for real and applied again, they change nothing; other labels restart no pod; another image changes the workload alone, without an immutable field',
    control: CONTROL,
    needs: ['controllers'],
    within: 1800,
  },
  async () => {
    const chosen = forms.filter((_, index) => found().long || index % SHORT === 0);
    const tally = new Tally();
    await inParallel(chosen, (namespace, { name, ...form }) => {
      const stages = [undefined, RELABELLED, NEXT].map((changed) => rendered(namespace, form, changed));
      return tally.note(name, () => lives(namespace, stages, tally));
    });
    expect(tally.problems).toEqual([]);
    return { claim: { forms: chosen.length, ...tally.figures }, control: await refusals() };
  },
);

drill(
  {
    lesson: LESSON,
    claim: `each example, as printed, for the oldest version that it can have, and for the server's own, is accepted strictly at the restricted level (${PRIVILEGED} at the privileged one), and applied again it changes nothing`,
    control: `${CONTROL}; what asks for the privileged level is refused at the restricted one`,
    needs: ['controllers'],
  },
  async () => {
    const examples = exampleNames().map((name) => ({ name, forms: exampleForms(name) }));
    for (const version of ['1.29', found().newest]) {
      const manifests = objects(everyForm(version).synthYaml());
      examples.push({ name: 'every form', forms: [{ name: `every form for ${version}`, manifests }] });
    }
    const tally = new Tally();
    // one form of an example after the other: a port of the nodes is one Service's at a time
    const store = async (namespace: Namespace, { forms }: (typeof examples)[number]) => {
      for (const { name, manifests } of forms) await tally.note(name, () => lives(namespace, [manifests], tally));
    };
    const isPrivileged = ({ name }: { name: string }) => PRIVILEGED.includes(name);
    await inParallel(
      examples.filter((example) => !isPrivileged(example)),
      store,
    );
    await inParallel(examples.filter(isPrivileged), store, [privileged]);
    expect(tally.problems).toEqual([]);
    const control = { ...(await refusals()), ...(await refusalsAtRestricted()) };
    return { claim: { forms: examples.flatMap(({ forms }) => forms).length, ...tally.figures }, control };
  },
);

/** An example as printed, for the oldest version that it can have, and for the server's own. */
function exampleForms(name: string): { name: string; manifests: Manifest[] }[] {
  return [
    { name, manifests: examplePrinted(name) },
    ...[oldestOf(name), found().newest].map((version) => ({
      name: `${name} for ${version}`,
      manifests: objects(exampleFor(name, version)),
    })),
  ];
}

/** What a pair of options emits. */
function rendered(namespace: Namespace, form: { version: string; combination: Combination }, changed?: Changed) {
  const app = new App();
  ProductionValidation.on(app, { target: TargetCluster.of({ kubernetes: KubernetesVersion.of(form.version) }) });
  const chart = new Chart(app, 'forms', { namespace: namespace.name });
  form.combination.build(chart, changed);
  return chart.toJson();
}

/** The server's reasons against objects, and the fields that it would drop without a word. */
async function refusalsOf(manifests: readonly Manifest[]): Promise<string[]> {
  const problems = await Promise.all(
    manifests.map(async (manifest) => {
      const judgement = await api.judge(manifest);
      if ('refusal' in judgement) return [judgement.refusal];
      // what belongs to the whole cluster is in no namespace, whichever we name
      const dropped = missing(manifest, judgement.stored).filter((path) => path !== 'metadata.namespace');
      return dropped.map((path) => `${manifest.kind} ${manifest.metadata.name}: ${path} is dropped`);
    }),
  );
  return problems.flat();
}

/** The paths of what was sent that did not come back. */
function missing(sent: unknown, back: unknown, path = ''): string[] {
  // what says nothing is not stored everywhere
  if (sent === false || (typeof sent === 'object' && sent !== null && Object.keys(sent).length === 0)) return [];
  if (back === undefined) return [path];
  if (typeof sent !== 'object' || sent === null) return [];
  return Object.entries(sent).flatMap(([key, value]) =>
    missing(value, (back as Record<string, unknown> | null)?.[key], path === '' ? key : `${path}.${key}`),
  );
}

/** What was judged, and what went wrong. */
class Tally {
  public readonly problems: string[] = [];
  private readonly unknown = new Set<string>();
  private judged = 0;

  public get figures() {
    const unknown = [...this.unknown].sort().join(', ') || 'none';
    return { objects: this.judged, 'kinds that the server lacks': unknown };
  }

  public async note(name: string, work: () => Promise<string[]>): Promise<void> {
    const problems = await work().catch((error) => [String(error)]);
    this.problems.push(...problems.map((problem) => `${name}: ${problem}`));
  }

  /** The objects whose kinds the server knows. */
  public async judgeable(manifests: readonly Manifest[]): Promise<Manifest[]> {
    const known: Manifest[] = [];
    for (const manifest of manifests) {
      if (await api.serves(manifest)) known.push(manifest);
      else this.unknown.add(manifest.kind);
    }
    this.judged += known.length;
    return known;
  }
}

/** Applies an app and its next versions; gives what is not as promised. */
async function lives(namespace: Namespace, stages: readonly (readonly Manifest[])[], tally: Tally): Promise<string[]> {
  const [first = [], relabelled, next] = await Promise.all(
    stages.map(async (stage) => (await tally.judgeable(stage)).map((manifest) => namespace.own(manifest))),
  );
  const problems = await refusalsOf(first);
  if (problems.length > 0) return problems;
  try {
    const stored = await namespace.apply(first);
    const again = await namespace.apply(first);
    problems.push(...changes('applied again', first, stored, again));
    if (relabelled === undefined || next === undefined) return problems;
    const labelled = await namespace.apply(relabelled);
    problems.push(...changes('other labels', first, again, labelled));
    for (const [index, manifest] of next.entries()) problems.push(...(await updated(manifest, labelled[index])));
    return problems;
  } finally {
    // a tier may have policies of other examples
    for (const manifest of first.filter(({ kind }) => kind !== 'Tier')) await api.delete(manifest);
  }
}

/** What has another spec than before. What an autoscaler writes is not ours, and runs that have not begun are restarted by nothing. */
function changes(
  what: string,
  ours: readonly Manifest[],
  before: readonly Manifest[],
  after: readonly Manifest[],
): string[] {
  return after.flatMap(({ kind, spec, data, metadata }, index) => {
    const isScaled = kind === 'Deployment' && ours[index].spec.replicas === undefined;
    const isCron = kind === 'CronJob' && metadata.labels[DOCS] !== undefined;
    const part = (one: Manifest) =>
      JSON.stringify(isScaled ? one.spec.template : isCron ? podOf(one) : [one.spec, one.data]);
    return part({ spec, data }) === part(before[index]) ? [] : [`${what}: ${kind} ${metadata.name} is another`];
  });
}

const podOf = ({ spec }: Manifest) => spec.jobTemplate.spec.template;

/** Another image: another spec of what has pods and of nothing else, but a Job, which cannot be changed, is refused. */
async function updated(manifest: Manifest, before: Manifest): Promise<string[]> {
  const { kind } = manifest;
  try {
    const after = await api.apply(manifest);
    if (kind === 'Job') return ['another image: the template of a live Job was changed'];
    const isNew = JSON.stringify(after.spec) !== JSON.stringify(before.spec);
    const hasNewGeneration = (after.metadata.generation ?? 0) > (before.metadata.generation ?? 0);
    return isNew === ['Deployment', 'CronJob'].includes(kind) && hasNewGeneration === isNew
      ? []
      : [`another image: ${kind} ${isNew ? 'is another' : 'stays'}`];
  } catch (error) {
    const isExpected = kind === 'Job' && error instanceof Refused && error.said.includes('field is immutable');
    return isExpected ? [] : [String(error)];
  }
}

/** The control: what must be refused is, what is dropped is missed, and what changes is seen. */
async function refusals(): Promise<Figures> {
  const [namespace] = namespaces as [Namespace];
  const right = namespace.emitted((chart) => void new WebApp(chart, 'control', WEB), { disposable: true });
  const asRoot = containers(({ securityContext: _, ...container }) => container);
  const misspelt = deployments((deployment) => ({ ...deployment, spec: { ...deployment.spec, replicaz: 1 } }));
  // the feature gate of this field is off, and the server says nothing
  const gated = containers((container) => ({
    ...container,
    lifecycle: { ...container.lifecycle, stopSignal: 'SIGQUIT' },
  }));
  const relabelled = deployments((deployment) => {
    deployment.spec.template.metadata.labels[DOCS] = 'v2';
    return deployment;
  });
  const changed = changes(
    'labels of pods',
    right,
    await namespace.apply(right),
    await namespace.apply(relabelled(right)),
  );
  for (const manifest of right) await api.delete(manifest);
  const figures = {
    'a container that may run as root': (await refusalsOf(asRoot(right))).join(),
    'a misspelt field': (await refusalsOf(misspelt(right))).join(),
    'a field that is dropped': (await refusalsOf(gated(right))).join(),
    'another label on the pods': changed.join(),
  };
  expect(figures).toEqual({
    'a container that may run as root': expect.stringContaining('would violate PodSecurity "restricted:latest"'),
    'a misspelt field': expect.stringContaining('.spec.replicaz: field not declared in schema'),
    'a field that is dropped': expect.stringMatching(/lifecycle\.stopSignal is dropped/),
    'another label on the pods': 'labels of pods: Deployment control is another',
  });
  return figures;
}

/** The control of the examples that are judged at the privileged level: none is there that need not be. */
async function refusalsAtRestricted(): Promise<Figures> {
  const [namespace] = namespaces as [Namespace];
  const figures = await Promise.all(
    PRIVILEGED.map(async (name) => {
      const manifests = examplePrinted(name);
      const known = await new Tally().judgeable(manifests);
      return [name, (await refusalsOf(known.map((manifest) => namespace.own(manifest)))).join()] as const;
    }),
  );
  for (const [, said] of figures) expect(said).toContain('would violate PodSecurity "restricted:latest"');
  return Object.fromEntries(figures);
}

/** Works through all jobs, each in a namespace that no other job uses at the time. */
async function inParallel<T>(
  jobs: readonly T[],
  work: (namespace: Namespace, job: T) => Promise<void>,
  among = namespaces,
): Promise<void> {
  const waiting = jobs.values();
  await Promise.all(
    among.map(async (namespace) => {
      for (const job of waiting) await work(namespace, job);
    }),
  );
}

/** Lets no controller make pods, which nobody looks at here. */
async function withoutPods(namespace: Namespace): Promise<void> {
  const hard = { pods: '0', 'count/replicasets.apps': '0' };
  await namespace.apply([{ ...namespace.named('v1', 'ResourceQuota', 'no-pods'), spec: { hard } }]);
}

/** The oldest version for which an example does not refuse. */
function oldestOf(example: string): string {
  for (let minor = 27; ; minor += 1) {
    try {
      exampleFor(example, `1.${minor}`);
      return `1.${minor}`;
    } catch (error) {
      if (!/needs Kubernetes|has none|no shell|never completes/.test(String(error))) throw error;
    }
  }
}
