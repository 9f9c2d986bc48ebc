import { World } from '../../lib/facts';
import { type Endpoint, outside } from '../../lib/facts/reach/endpoint';
import { Reach } from '../../lib/facts/reach/reach';
import { Network } from '../../lib/values/ip-network';
import { objects } from './rules';

/** Pods of one workload. */
export function pod(name: string, more = '', labels = `app: ${name}`): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { ${labels} } }
spec:
  containers: [{ name: main, image: "main:1.0", ports: [{ name: http, containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }] }]
${more}---`;
}

/** Asks questions such as `web -> api:8080`, `bank/web -> 203.0.113.7:53/UDP` of policies; pods lie in namespace shop where nothing else is said. */
export function asked(yaml: string, { staged = false } = {}): (question: string) => string {
  const reach = Reach.of(new World(objects(yaml).map((manifest) => ({ manifest }))), { staged });
  const end = (name: string): Endpoint => {
    const network = Network.parse(name);
    const full = name.includes('/') ? name : `shop/${name}`;
    const found = network === undefined ? reach.endpoints.find((one) => one.name === full) : outside(network);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  return (question) => {
    const [, from = '', to = '', port = '', protocol = 'TCP'] =
      /^(\S+) -> (\S+):(\d+)(?:\/(\w+))?$/.exec(question) ?? [];
    const { isAllowed, egress, ingress } = reach.verdict({
      from: end(from),
      to: end(to),
      port: Number(port),
      protocol,
    });
    const sides = [ingress, egress].filter((one) => one?.policy !== undefined);
    const decisive = sides.find((one) => one?.isAllowed === false) ?? sides[0];
    const by = decisive?.policy === undefined ? '' : ` by ${decisive.policy.name} ${decisive.field ?? 'end of tier'}`;
    return `${isAllowed ? 'allow' : 'deny'}${by}`;
  };
}
