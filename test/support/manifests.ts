/** A Deployment without any finding; it stands from line 1 to 9. */
export const CLEAN = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "web:1.0" }]
`;

/** One error (line 5, app/rollout-cannot-proceed) and one warning (line 11, app/image-not-pinned). */
export const FAULTY = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "web:latest" }
`;

/** The warning alone. */
export const WARNED = FAULTY.replace('  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }\n', '');
