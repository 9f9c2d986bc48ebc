/** The names of facts. */
export const names = (facts: readonly { readonly name: string }[]) => facts.map(({ name }) => name);

/** A workload, a Deployment unless it is said otherwise. */
export const deployment = (name: string, { app = name, namespace = 'shop', spec = '', kind = 'Deployment' } = {}) => `
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  ${spec}
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: ${app}, ports: [{ name: http, containerPort: 8080 }] }] }
`;

/** A Service that selects by `app`. */
export const service = (
  name: string,
  { app = name, namespace = 'shop', port = '{ port: 80, targetPort: http }' } = {},
) => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${app} }, ports: [${port}] }
`;
