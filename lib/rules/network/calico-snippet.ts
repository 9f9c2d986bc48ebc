/** A GlobalNetworkPolicy of Calico, for the examples of rules. */
export function globalPolicy(spec: string): string {
  return `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: hosts }
spec:
  selector: role == 'edge'
${spec}`;
}

/** An interface of a node. */
export function hostEndpoint(spec: string): string {
  return `
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: { name: n1-eth0, labels: { role: edge } }
spec: ${spec}
`;
}

/** An interface of a node that a profile leaves open. */
export const OPEN_HOST = hostEndpoint(
  '{ node: n1, interfaceName: eth0, expectedIPs: [192.0.2.11], profiles: [projectcalico-default-allow] }',
);

/** Pods that serve on a port, one on each node. */
export function servingPods(name: string, port: number, spec = ''): string {
  return `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
${spec}      containers:
        - name: ${name}
          image: ${name}:1.0
          ports: [{ containerPort: ${port} }]
          readinessProbe: { tcpSocket: { port: ${port} } }
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
---`;
}

/** A policy that closes a NodePort, and an interface that is open otherwise. */
export function closedNodePort(selector: string): string {
  return `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: node-port }
spec:
  order: 10
  preDNAT: true
  applyOnForward: true
  selector: ${selector}
  types: [Ingress]
  ingress: [{ action: Deny, protocol: TCP, destination: { ports: [31852] } }]
---${OPEN_HOST}`;
}
