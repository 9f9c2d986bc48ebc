import { Duration, Size } from 'cdk8s';
import * as p from '../../lib';
import { RULES } from '../../lib/rules';
import { chartIn, thrown, WEB } from '../support/apps';
import { findings, objects } from '../support/rules';
import { api, Namespace } from './support/cluster';
import { drill } from './support/drill';

const LESSON = 'Everything is accepted';
const namespace = Namespace.forThisFile('refusal', 'privileged');

/** What the server says of the bad examples of these rules; it takes those of all others. */
const BAD: Readonly<Record<string, string>> = {
  'app/pre-stop-refused':
    'preStop.sleep: Invalid value: 40: must be non-negative and less than terminationGracePeriodSeconds (30)',
  'app/probe-refused': 'livenessProbe.successThreshold: Invalid value: 2: must be 1',
  'app/rollout-cannot-proceed': 'maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
  'app/selector-misses-template': '`selector` does not match template `labels`',
  'availability/budget-limit-unclear': 'minAvailable and maxUnavailable cannot be both set',
  'canary/analysis-refused': '"spec.analysis" must validate one and only one schema (oneOf)',
  'canary/old-analysis-dropped': '.spec.canaryAnalysis: field not declared in schema',
  'canary/old-flagger-form': '.spec.canaryAnalysis: field not declared in schema',
};

/** Further manifests that the server refuses, and the rule that finds them. */
const MANIFESTS: readonly { what: string; yaml: string; server: string; rule: string }[] = [
  {
    what: 'a readiness probe with a grace period',
    yaml: deployment('readinessProbe: { httpGet: { path: /, port: 80 }, terminationGracePeriodSeconds: 5 }'),
    server: 'must not be set for readinessProbes',
    rule: 'app/probe-refused',
  },
  {
    what: 'a startup probe that must succeed twice',
    yaml: deployment('startupProbe: { httpGet: { path: /, port: 80 }, successThreshold: 2 }'),
    server: 'startupProbe.successThreshold: Invalid value: 2: must be 1',
    rule: 'app/probe-refused',
  },
  {
    what: 'a gRPC probe with the name of a port',
    yaml: deployment('livenessProbe: { grpc: { port: grpc } }'),
    server: 'expected numeric (int or float), got string',
    rule: 'app/probe-refused',
  },
  {
    what: 'a hook that does two things',
    yaml: deployment('lifecycle: { preStop: { sleep: { seconds: 5 }, exec: { command: [quit] } } }'),
    server: 'may not specify more than 1 handler type',
    rule: 'app/pre-stop-refused',
  },
  {
    what: 'a budget with half a percentage',
    yaml: 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web }\nspec: { minAvailable: half, selector: { matchLabels: { app: web } } }',
    server: 'a valid percent string must be a numeric string followed by an ending',
    rule: 'availability/budget-limit-unclear',
  },
];

/** What the library refuses when it is written, and the manifest that would be. */
const VALUES: readonly { what: string; ours: () => unknown; says: string; yaml: string; server: string }[] = [
  {
    what: 'a port beyond 65535',
    ours: () => app({ port: 70_000 }),
    says: 'port http: 70000 is outside 1 to 65535',
    yaml: deployment('ports: [{ containerPort: 70000 }]'),
    server: 'containerPort: Invalid value: 70000: must be between 1 and 65535',
  },
  {
    what: 'the name of a port with 16 letters',
    ours: () => app({ extraPorts: { abcdefghijklmnop: 81 } }),
    says: 'abcdefghijklmnop',
    yaml: deployment('ports: [{ containerPort: 81, name: abcdefghijklmnop }]'),
    server: 'must be no more than 15 characters',
  },
  {
    what: 'a name with capitals',
    ours: () => app({ name: 'Checkout' }),
    says: 'name: `Checkout` is not a DNS label',
    yaml: deployment('').replace('metadata: { name: web }', 'metadata: { name: Checkout }'),
    server: 'a lowercase RFC 1123 subdomain must consist of',
  },
  {
    what: 'two containers of one name',
    ours: () => app({}).addSidecar(p.Sidecar.of('web', { image: WEB.image, resources: WEB.resources })),
    says: 'container: `web` is there twice',
    yaml: deployment('').replace(/(\{ name: web, image.*\})/, '$1, $1'),
    server: 'duplicate entries for key [name="web"]',
  },
  {
    what: 'two mounts on one path',
    ours: () => {
      const web = app({});
      web.addScratch('a', { path: '/a', sizeLimit: Size.mebibytes(1) });
      web.addScratch('b', { path: '/a', sizeLimit: Size.mebibytes(1) });
    },
    says: 'mount path of web: `/a` is there twice',
    yaml: deployment(
      'volumeMounts: [{ name: a, mountPath: /a }, { name: a, mountPath: /a }]',
      'volumes: [{ name: a, emptyDir: {} }],',
    ),
    server: 'duplicate entries for key [mountPath="/a"]',
  },
  {
    what: 'a limit below its request',
    ours: () => p.Resources.request({ cpuMillis: 100, memory: Size.mebibytes(64), cpuLimitMillis: 50 }),
    says: 'cpuLimitMillis',
    yaml: deployment('resources: { requests: { cpu: 100m }, limits: { cpu: 50m } }'),
    server: 'must be less than or equal to cpu limit of 50m',
  },
  {
    what: 'an autoscaler whose minimum is above its maximum',
    ours: () => p.Autoscaling.between(5, 3, { cpuPercent: 70 }),
    says: 'min 5 is above max 3',
    yaml: 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { minReplicas: 5, maxReplicas: 3, scaleTargetRef: { kind: Deployment, name: web }, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }] }',
    server: 'must be greater than or equal to `minReplicas`',
  },
  {
    what: 'a label with a blank',
    ours: () => app({ podLabels: { team: 'a b' } }),
    says: 'podLabels: `team: a b` is not a label value',
    yaml: deployment('').replace('labels: { app: web }', 'labels: { app: web, team: "a b" }'),
    server: 'a valid label must be an empty string or consist of alphanumeric characters',
  },
  {
    what: 'a host that is an address of a page',
    ours: () => p.Exposure.ingress({ host: 'https://shop.example.com' }),
    says: '`https://shop.example.com` is not a host name',
    yaml: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec: { rules: [{ host: "https://shop.example.com" }] }',
    server: 'a lowercase RFC 1123 subdomain must consist of',
  },
  {
    what: 'a negative number of replicas',
    ours: () => app({ replicas: -1 }),
    says: 'replicas: -1 is below 1',
    yaml: deployment('').replace('replicas: 2', 'replicas: -1'),
    server: 'must be greater than or equal to 0',
  },
  {
    what: 'a user below zero',
    ours: () => app({ userId: -1 }),
    says: 'userId: -1 is below 1',
    yaml: deployment('securityContext: { runAsUser: -1 }'),
    server: 'must be between 0 and 2147483647',
  },
  {
    what: 'an empty selector',
    ours: () => app({ existingSelector: {} }),
    says: 'existingSelector',
    yaml: deployment('').replace('selector: { matchLabels: { app: web } }', 'selector: {}'),
    server: 'empty selector is invalid for deployment',
  },
];

drill(
  {
    lesson: LESSON,
    claim: 'what the server refuses, the library refuses too',
    control: 'the bad examples of all other rules are taken by the server, which judges one object at a time',
    needs: [],
  },
  async () => {
    const known = await Promise.all(RULES.map(async (rule) => ((await isKnown(rule.bad)) ? [rule] : [])));
    const judged = known.flat();
    const said = await Promise.all(judged.map(async ({ id, bad }) => [id, await refusalOf(bad)] as const));
    const refused = said.filter(([, refusal]) => refusal !== undefined);
    const expected = Object.entries(BAD).filter(([id]) => judged.some((rule) => rule.id === id));
    expect(refused).toEqual(expected.map(([id, text]) => [id, expect.stringContaining(text)]));
    const answers = [
      ...(await Promise.all(
        MANIFESTS.map(async ({ what, yaml }) => [what, await refusalOf(yaml), findings(yaml).join()]),
      )),
      ...(await Promise.all(VALUES.map(async ({ what, yaml, ours }) => [what, await refusalOf(yaml), thrown(ours)]))),
    ];
    expect(answers).toEqual([
      ...MANIFESTS.map(({ what, server, rule }) => [
        what,
        expect.stringContaining(server),
        expect.stringContaining(` ${rule}: `),
      ]),
      ...VALUES.map(({ what, server, says }) => [what, expect.stringContaining(server), expect.stringContaining(says)]),
    ]);
    const both = refused.length + MANIFESTS.length + VALUES.length;
    return {
      claim: { 'refused by both': both },
      control: {
        'found by the rules alone': judged.length - refused.length,
        'of kinds that the cluster lacks': RULES.length - judged.length,
      },
    };
  },
);

/** Whether the cluster has all kinds of an example; those of Istio, Argo and Flagger come with their CRDs. */
async function isKnown(yaml: string): Promise<boolean> {
  const answers = await Promise.all(objects(yaml).map((manifest) => api.serves(manifest)));
  return answers.every(Boolean);
}

/** Why the server refuses the first of the objects that it refuses. */
async function refusalOf(yaml: string): Promise<string | undefined> {
  for (const manifest of objects(yaml)) {
    const judgement = await api.judge(namespace.own(manifest));
    if ('refusal' in judgement) return judgement.refusal;
  }
  return undefined;
}

/** A Deployment with more in its container, and in its pod. */
function deployment(container: string, pod = ''): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { ${pod}
      containers: [
        { name: web, image: "web:1.0"${container && `, ${container}`} }
      ] }
`;
}

function app(props: Partial<p.WebAppProps>): p.WebApp {
  const kubernetes = p.KubernetesVersion.V1_33;
  const { chart } = chartIn({ target: p.TargetCluster.of({ kubernetes }) });
  const web = new p.WebApp(chart, 'web', {
    ...WEB,
    shutdown: p.Shutdown.graceful({ drain: Duration.seconds(5) }),
    ...props,
  });
  return web;
}
