import type { ObjectFact } from '../object';
import { below, fields, int, list, text } from '../read';

const CALLING: Readonly<Record<string, readonly string[]>> = {
  'admissionregistration.k8s.io': ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  'apiregistration.k8s.io': ['APIService'],
};

/** A port of a Service that the API server calls. */
export interface CalledService {
  /** Where it is named. */
  readonly field: string;
  readonly namespace: string;
  readonly name: string;
  /** The Service's own port. */
  readonly port: number;
}

/** Whether something makes the API server call a Service: an admission webhook, an aggregated API. */
export function callsServices({ apiVersion, kind }: Pick<ObjectFact, 'apiVersion' | 'kind'>): boolean {
  const [group = ''] = apiVersion.split('/');
  return CALLING[group]?.includes(kind) === true;
}

/** The Services that the API server calls because of an object. */
export function calledServices(manifest: Readonly<Record<string, unknown>>): readonly CalledService[] {
  const written = [
    { field: 'spec.service', value: below(manifest, 'spec', 'service') },
    ...list(manifest.webhooks).map((one, index) => ({
      field: `webhooks[${index}].clientConfig.service`,
      value: below(one, 'clientConfig', 'service'),
    })),
  ];
  return written.flatMap(({ field, value }) => {
    const { namespace, name, port } = fields(value);
    const [where, what] = [text(namespace), text(name)];
    return where === undefined || what === undefined
      ? []
      : [{ field, namespace: where, name: what, port: int(port) ?? 443 }];
  });
}
