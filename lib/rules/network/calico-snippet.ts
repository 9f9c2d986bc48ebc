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
