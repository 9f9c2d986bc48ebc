import { api, Namespace, until } from './cluster';
import { Nodes } from './nodes';
import { found } from './parts';
import { holderOf, isSilent, leasesOf, REAL_NODES, sleep } from './run';

const PATIENCE = 3_600_000;
const PAUSE = 2000;

/** A namespace on the real nodes, which this file has alone until its pods are gone: other runs wait for their turn. */
export function onRealNodes(name: string): Namespace {
  const namespace = Namespace.unmade(name);
  beforeAll(async () => {
    for (let said = ''; !(await taken()); await sleep(PAUSE)) {
      const holder = (await holderOf(api)) ?? '';
      if (holder !== said && holder !== found().run)
        process.stderr.write(`waiting for the real nodes, which ${holder} has\n`);
      said = holder;
    }
    await namespace.make();
  }, PATIENCE);
  afterAll(async () => {
    await (await Nodes.real(namespace)).uncordonAll();
    await namespace.delete();
    await until('the pods are gone', 120, async () =>
      (await namespace.pods('', { ending: true })).length ? undefined : true,
    );
    if ((await holderOf(api)) === found().run) await api.delete(REAL_NODES);
  }, PATIENCE);
  return namespace;
}

/** Whether the nodes are ours now; what a dead run holds is given up for it. */
async function taken(): Promise<boolean> {
  const lease = { ...REAL_NODES, spec: { holderIdentity: found().run } };
  const { status, body } = await api.ask('POST', leasesOf(REAL_NODES.metadata.namespace), lease);
  if (status === 201) return true;
  if (status !== 409) throw new Error(`the lease on the real nodes: ${status} ${body?.message}`);
  const held = await api.find(REAL_NODES);
  if (held !== undefined && (await isSilent(api, held.spec.holderIdentity))) await api.delete(held);
  return false;
}
