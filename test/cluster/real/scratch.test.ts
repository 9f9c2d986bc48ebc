import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Size } from 'cdk8s';
import { api, isReady, until } from '../support/cluster';
import { drill } from '../support/drill';
import { deployments } from '../support/mutations';
import { nginx } from '../support/nginx';
import { Nodes } from '../support/nodes';
import { onRealNodes } from '../support/real';

const LIMIT = 8;
const WRITTEN = 3 * LIMIT;
/** Seconds: the kubelet measures volumes once a minute. */
const NOTICED = 180;

const namespace = onRealNodes('scratch');
let nodes: Nodes;
beforeAll(async () => {
  nodes = await Nodes.real(namespace);
});

drill(
  {
    lesson: 'Sidecars',
    claim: 'a scratch volume over its limit costs its own pod, and no other',
    control: 'without a limit the pod fills the disk of the node and stays',
    needs: ['controllers', 'real nodes', 'nginx'],
    within: 400,
  },
  async () => {
    const emitted = (name: string) =>
      namespace.emitted((chart) => {
        const web = nginx(chart, nodes, name);
        web.addScratch('cache', { path: '/cache', sizeLimit: Size.mebibytes(LIMIT) });
      });
    const unlimited = deployments((deployment) => {
      const { spec } = deployment.spec.template;
      spec.volumes = spec.volumes.map((volume: any) => (volume.emptyDir ? { ...volume, emptyDir: {} } : volume));
      return deployment;
    });
    await namespace.apply([...emitted('limited'), ...unlimited(emitted('unlimited'))]);
    const full = await filled('limited');
    const control = await filled('unlimited');
    const others = (await namespace.pods('app.kubernetes.io/instance=limited')).filter(
      ({ metadata }) => metadata.name !== full,
    );
    const since = Date.now();
    const said = await until('the full pod is evicted', NOTICED, () => eviction(full));
    const seconds = Math.round((Date.now() - since) / 1000);
    const left = await Promise.all(others.map(({ metadata }) => api.get(namespace.named('v1', 'Pod', metadata.name))));
    const stays = await api.get(namespace.named('v1', 'Pod', control));
    expect(left.map(isReady)).toEqual([true]);
    expect(isReady(stays)).toBe(true);
    return {
      claim: { 'evicted after seconds': seconds, said, 'other pods ready': left.length },
      control: { 'MiB written': WRITTEN, phase: stays.status.phase },
    };
  },
);

/** What the kubelet says when it evicts a pod; a process that then ends well leaves no other trace. */
async function eviction(pod: string): Promise<string | undefined> {
  const selector = encodeURIComponent(`involvedObject.name=${pod},reason=Evicted`);
  const { items } = await api.must('GET', `/api/v1/namespaces/${namespace.name}/events?fieldSelector=${selector}`);
  return items[0]?.message;
}

/** Writes more than the limit into the scratch volume of one pod; its name. */
async function filled(name: string): Promise<string> {
  await namespace.rolledOut(name);
  const [{ metadata }] = (await namespace.pods(`app.kubernetes.io/instance=${name}`)) as [any];
  const command = ['dd', 'if=/dev/zero', 'of=/cache/file', 'bs=1M', `count=${WRITTEN}`];
  await promisify(execFile)('kubectl', ['exec', '--namespace', namespace.name, metadata.name, '--', ...command]);
  return metadata.name;
}
