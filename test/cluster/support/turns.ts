import { api } from './cluster';
import { found } from './parts';
import { holderOf, isSilent, leasesOf, REAL_NODES, sleep } from './run';

const PATIENCE = 3_600_000;
const PAUSE = 2000;

/** Has the real nodes for the tests of this file alone: another run waits for its turn. */
export function takeTurns(): void {
  beforeAll(async () => {
    while (!(await taken())) await sleep(PAUSE);
  }, PATIENCE);
  afterAll(() => api.delete(REAL_NODES));
}

/** Whether the nodes are ours now; what a dead run holds is given up for it. */
async function taken(): Promise<boolean> {
  const lease = { ...REAL_NODES, spec: { holderIdentity: found().run } };
  const { status } = await api.ask('POST', leasesOf(REAL_NODES.metadata.namespace), lease);
  if (status === 201) return true;
  const holder = await holderOf(api);
  if (holder !== undefined && (await isSilent(api, holder))) await api.delete(REAL_NODES);
  return false;
}
