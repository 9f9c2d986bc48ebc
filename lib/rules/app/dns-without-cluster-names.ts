// SC-9
import type { Variable, WorkloadFact, World } from '../../facts';
import { Severity } from '../../findings';
import { listed } from '../../findings/format';
import type { RuleOf } from '../rule';

const web = (policy: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      dnsPolicy: ${policy}
      containers: [{ name: web, image: "web:1.0", env: [{ name: CACHE, value: "redis:6379" }] }]
---
apiVersion: v1
kind: Service
metadata: { name: redis }
spec:
  ports: [{ port: 6379 }]
`;

export const dnsWithoutClusterNames: RuleOf<'workload'> = {
  id: 'app/dns-without-cluster-names',
  severity: Severity.WARNING,
  appliesTo: 'workload',
  since: '0.1.0',
  why: `With \`dnsPolicy: Default\`, which in spite of its name is not the default, a pod asks the name servers of its node. They
know nothing of the Services of the cluster, so an app that is told to connect to one of them finds nobody.`,
  sources: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy'],
  bad: web('Default'),
  good: web('ClusterFirst'),
  check: (workload, world) => {
    const { all, field, spec } = workload.pod;
    if (spec.dnsPolicy !== 'Default' || 'dnsConfig' in spec || 'hostAliases' in spec) return [];
    const known = all
      .flatMap(({ variables }) => variables)
      .flatMap((variable) => hosts(variable).map((host) => ({ host, variable })))
      .filter(({ host }) => isOfCluster(host, workload, world));
    if (known.length === 0) return [];
    const names = [...new Set(known.map(({ host, variable }) => `\`${host}\` of ${variable.name}`))];
    return [
      {
        field: `${field}.dnsPolicy`,
        problem: `Default asks the name servers of the node, which do not know ${listed(names)}, so that the app cannot connect`,
        fix: `set dnsPolicy to ${spec.hostNetwork === true ? 'ClusterFirstWithHostNet' : 'ClusterFirst'}`,
      },
    ];
  },
};

const SEPARATOR = /[\s,;|"'()=]/;
const ADDRESS = /^(\S*\/\/)?(?:[^@/]*@)?(\w[\w.-]*)(:\d+)?(?:[/?#]\S*)?$/;
/** A variable that by its name holds an address, so that a mere word in it is a host. */
const HOLDS_HOST = /(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|URL|URI|ENDPOINT|BROKER)S?$/i;
const NO_ADDRESS = /^no_proxy$|image/i;

/** What a variable certainly takes for hosts; a mere word may be anything. */
function hosts({ name, value }: Variable): string[] {
  if (NO_ADDRESS.test(name)) return [];
  return value.split(SEPARATOR).flatMap((part) => {
    const [, scheme, host = '', port] = ADDRESS.exec(part) ?? [];
    const isAddress = scheme !== undefined || port !== undefined || HOLDS_HOST.test(name);
    return isAddress || isFull(host) ? [host] : [];
  });
}

function isFull(host: string): boolean {
  return /\.svc(?:\.|$)/.test(host);
}

function isOfCluster(host: string, { namespace }: WorkloadFact, world: World): boolean {
  const [service = '', where = namespace, ...more] = host.split('.');
  return isFull(host) || (more.length === 0 && world.service(where, service) !== undefined);
}
