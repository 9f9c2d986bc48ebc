import { objects } from '../../support/rules';

const pod = (namespace: string, name: string, label: string, port: number) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { template: { metadata: { labels: { ${label} } }, spec: { containers: [{ name: main, image: "main:1.0", ports: [{ containerPort: ${port} }] }] } } }
`;

/** What a fenced app talks to outside of its namespace, as clusters run it. */
export const AROUND = objects(
  [
    pod('kube-system', 'coredns', 'k8s-app: kube-dns', 53),
    pod('istio-system', 'istiod', 'app: istiod', 15012),
    pod('istio-system', 'public-istio', 'gateway.networking.k8s.io/gateway-name: public', 80),
    pod('monitoring', 'prometheus', 'app: prometheus', 9090),
  ].join('---\n'),
);

/** The tier of the teams, as platforms make it. */
export const TIER = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'Tier',
  metadata: { name: 'apps' },
  spec: { order: 500 },
};
