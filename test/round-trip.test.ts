import { ApiObject, App, Chart } from 'cdk8s';
import { k8s as k8s27 } from 'cdk8s-plus-27';
import { k8s as k8s34 } from 'cdk8s-plus-34';
import { KubernetesVersion } from '../lib';
import { checkout } from './support/checkout';
import { everyForm } from './support/forms';

/**
 * Typed models write only the fields that they know. What does not come back is a field that is newer than the model, or one
 * that we have misspelt: the newer ones are listed here, so that nothing else may be missing.
 */
const UNKNOWN = {
  27: ['spec.template.spec.containers.lifecycle.preStop.sleep', 'spec.template.spec.initContainers.restartPolicy'],
  34: [],
};

const MODELS = { 27: k8s27, 34: k8s34 } as const;
const CORE = ['v1', 'apps/v1', 'batch/v1', 'policy/v1', 'autoscaling/v2', 'networking.k8s.io/v1'];
const NUMBER_OR_TEXT = ['port', 'targetPort', 'maxSurge', 'maxUnavailable', 'minAvailable'];
/** What jsii calls otherwise. */
const RENAMED: Record<string, string> = { clusterIP: 'clusterIp' };
const QUANTITIES = ['requests', 'limits'];

/** The models want numbers-or-texts and quantities in classes of their own. */
function wrapped(value: any, models: any, key = '', parent = ''): any {
  if (Array.isArray(value)) return value.map((item) => wrapped(item, models, key, parent));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [RENAMED[k] ?? k, wrapped(v, models, k, key)]));
  }
  if (QUANTITIES.includes(parent) || key === 'sizeLimit' || key === 'averageValue')
    return models.Quantity.fromString(value);
  // the port of gRPC probes, of Service ports and of Gateways is a plain number, that of the others is not
  if (NUMBER_OR_TEXT.includes(key) && !(key === 'port' && ['grpc', 'ports'].includes(parent))) {
    return typeof value === 'number' ? models.IntOrString.fromNumber(value) : models.IntOrString.fromString(value);
  }
  return value;
}

/** Paths in `before` that are not, or not equal, in `after`; positions in lists do not count. */
function lost(before: any, after: any, path: string[] = []): string[] {
  if (typeof before !== 'object' || before === null) return before === after ? [] : [path.join('.')];
  if (typeof after !== 'object' || after === null) return [path.join('.')];
  return Object.entries(before).flatMap(([key, value]) =>
    lost(value, after[key], Array.isArray(before) ? path : [...path, key]),
  );
}

describe.each([27, 34] as const)('the models of cdk8s-plus-%i', (version) => {
  const models: any = MODELS[version];

  test('give every field of every core object back, beyond those that are newer', () => {
    const apps = [
      everyForm('1.37'),
      everyForm('1.29'),
      checkout(KubernetesVersion.V1_33).app,
      checkout(KubernetesVersion.V1_27).app,
    ];
    const manifests = apps.flatMap((app) =>
      app.node
        .findAll()
        .filter((construct) => ApiObject.isApiObject(construct))
        .map((object) => (object as ApiObject).toJson()),
    );
    const core = manifests.filter(({ apiVersion }) => CORE.includes(apiVersion));
    expect(core.length).toBeGreaterThan(50);
    const gone = core.flatMap((manifest) => {
      const model =
        models[manifest.apiVersion === 'autoscaling/v2' ? `Kube${manifest.kind}V2` : `Kube${manifest.kind}`];
      const { apiVersion, kind, metadata, ...body } = manifest;
      const chart = new Chart(new App(), 'c', { namespace: metadata.namespace });
      const back = new model(chart, 'o', { metadata, ...wrapped(body, models) }).toJson();
      expect([back.apiVersion, back.kind]).toEqual([apiVersion, kind]);
      return lost(manifest, back);
    });
    expect([...new Set(gone)].sort()).toEqual(UNKNOWN[version]);
  });
});
