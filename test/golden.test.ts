import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubernetesVersion } from '../lib';
import { checkout } from './support/checkout';
import { objects } from './support/rules';

/** The contract: order of objects and keys is free, everything else is not. */
function contract(version: string): any[] {
  return objects(readFileSync(join(__dirname, 'golden', `checkout.kubernetes-${version}.yaml`), 'utf8'));
}

function byKind(manifests: any[]): Record<string, any> {
  return Object.fromEntries(manifests.map((manifest) => [manifest.kind, manifest]));
}

test.each(['1.33', '1.27'])('the README program for Kubernetes %s is the contract', (version) => {
  const { app } = checkout(KubernetesVersion.of(version));
  const emitted = objects(app.synthYaml());
  expect(byKind(emitted)).toEqual(byKind(contract(version)));
  expect(emitted).toHaveLength(5);
});

test('for 1.27 only the delay, the form of the sidecar and what follows from it differ', () => {
  const old = byKind(contract('1.27'));
  const now = byKind(contract('1.33'));
  const pod = (all: Record<string, any>) => all.Deployment.spec.template;
  const { containers, initContainers: _, ...spec } = pod(now).spec;
  const [app] = containers;
  const { restartPolicy: __, ...sidecar } = pod(now).spec.initContainers[0];
  const exec = (seconds: number) => ({ preStop: { exec: { command: ['sleep', String(seconds)] } } });
  expect(pod(old).spec).toEqual({
    ...spec,
    containers: [
      { ...app, lifecycle: exec(10) },
      { ...sidecar, lifecycle: exec(35) },
    ],
  });
  expect(pod(old).metadata.annotations).toEqual({
    ...pod(now).metadata.annotations,
    'cdk8s-patterns/classic-sidecars': 'log-shipper',
  });
  expect(old.Service).toEqual(now.Service);
  expect(old.PodDisruptionBudget).toEqual(now.PodDisruptionBudget);
  expect(old.HorizontalPodAutoscaler).toEqual(now.HorizontalPodAutoscaler);
});
