import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Exposure, Manifests, WebApp } from '../../lib';
import { chartIn, thrown, WEB, web } from '../support/apps';

/** An app that is exposed, and what it emits. */
function exposed(...exposures: Exposure[]): Manifests {
  const app = web(chartIn().chart);
  for (const exposure of exposures) app.expose(exposure);
  return Manifests.of(app);
}

const LABELS = {
  'app.kubernetes.io/name': 'web',
  'app.kubernetes.io/instance': 'web',
  'app.kubernetes.io/managed-by': 'cdk8s-patterns',
};

describe('an Ingress', () => {
  test('leads a host to the Service, by the name of the port', () => {
    expect(exposed(Exposure.ingress({ host: 'shop.example.com' })).one('Ingress')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'shop', labels: LABELS },
      spec: {
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }],
            },
          },
        ],
      },
    });
  });

  test('takes path, class, certificate, annotations and name', () => {
    const options = {
      host: 'shop.example.com',
      path: '/cart',
      ingressClass: 'nginx',
      tlsSecret: 'certificate',
      annotations: { a: 'b' },
      name: 'cart',
    };
    const ingress = exposed(Exposure.ingress(options)).one('Ingress');
    expect(ingress.metadata).toMatchObject({ name: 'cart', annotations: { a: 'b' } });
    expect(ingress.spec).toMatchObject({
      ingressClassName: 'nginx',
      tls: [{ hosts: ['shop.example.com'], secretName: 'certificate' }],
    });
    expect(ingress.spec.rules[0].http.paths[0].path).toBe('/cart');
  });
});

describe('a route of the Gateway API', () => {
  test('leads everything of the Gateway to the Service, by the number of its port', () => {
    const app = new WebApp(chartIn().chart, 'web', { ...WEB, servicePort: 80 });
    app.expose(Exposure.httpRoute({ gateway: 'public' }));
    expect(Manifests.of(app).one('HTTPRoute')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'web', namespace: 'shop', labels: LABELS },
      spec: {
        parentRefs: [{ name: 'public' }],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'web', port: 80 }] }],
      },
    });
  });

  test('takes the namespace of the Gateway, a listener, hosts, a path and a name', () => {
    const hostnames = ['a.example.com'];
    const exposure = Exposure.httpRoute({
      gateway: 'infra/public',
      listener: 'https',
      hostnames,
      path: '/cart',
      name: 'cart',
    });
    hostnames.push('changed.example.com');
    const route = exposed(exposure).one('HTTPRoute');
    expect(route.metadata.name).toBe('cart');
    expect(route.spec).toMatchObject({
      parentRefs: [{ namespace: 'infra', name: 'public', sectionName: 'https' }],
      hostnames: ['a.example.com'],
    });
    expect(route.spec.rules[0].matches[0].path.value).toBe('/cart');
  });
});

describe('a load balancer', () => {
  test('is a second Service, whose label keeps monitors from finding the app twice', () => {
    const service = exposed(Exposure.loadBalancer()).one('Service', 'web-external');
    expect(service.metadata.labels).toEqual({ ...LABELS, 'app.kubernetes.io/name': 'web-external' });
    expect(service.spec).toEqual({
      type: 'LoadBalancer',
      selector: { 'app.kubernetes.io/instance': 'web' },
      ports: [{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    });
  });

  test('takes a port, networks, a class, annotations and a name', () => {
    const service = exposed(
      Exposure.loadBalancer({
        port: 443,
        sourceRanges: ['10.0.0.0/8'],
        loadBalancerClass: 'internal',
        annotations: { a: 'b' },
        name: 'inner',
      }),
    ).one('Service', 'inner');
    expect(service.metadata).toMatchObject({ annotations: { a: 'b' }, labels: { 'app.kubernetes.io/name': 'inner' } });
    expect(service.spec).toMatchObject({
      loadBalancerClass: 'internal',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      ports: [{ port: 443, targetPort: 'http' }],
    });
  });
});

describe('a headless Service', () => {
  test('has all ports of the app, also those of a monitor that comes later', () => {
    const app = new WebApp(chartIn().chart, 'web', { ...WEB, extraPorts: { admin: 9000 } });
    app.expose(Exposure.headless());
    app.monitor({ port: 9100 });
    const { spec } = Manifests.of(app).one('Service', 'web-headless');
    expect(spec).toMatchObject({
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: { 'app.kubernetes.io/instance': 'web' },
    });
    expect(spec.ports.map(({ name, port }: { name: string; port: number }) => [name, port])).toEqual([
      ['http', 8080],
      ['admin', 9000],
      ['metrics', 9100],
    ]);
  });
});

test('several of one kind need names of their own', () => {
  const manifests = exposed(
    Exposure.ingress({ host: 'a.example.com' }),
    Exposure.ingress({ host: 'b.example.com', name: 'second' }),
    Exposure.httpRoute({ gateway: 'a' }),
    Exposure.httpRoute({ gateway: 'b', name: 'second' }),
    Exposure.loadBalancer(),
    Exposure.loadBalancer({ name: 'second' }),
  );
  const names = (kind: string) => manifests.all(kind).map(({ metadata }) => metadata.name);
  expect([names('Ingress'), names('HTTPRoute'), names('Service')]).toEqual([
    ['web', 'second'],
    ['web', 'second'],
    ['web', 'web-external', 'second'],
  ]);
});

test.each([
  [Exposure.ingress({ host: 'a.example.com' }), Exposure.ingress({ host: 'b.example.com' }), 'Ingress `web`'],
  [Exposure.httpRoute({ gateway: 'a' }), Exposure.httpRoute({ gateway: 'b' }), 'HTTPRoute `web`'],
  [Exposure.loadBalancer(), Exposure.loadBalancer(), 'Service `web-external`'],
  [Exposure.headless(), Exposure.headless(), 'Service `web-headless`'],
  [Exposure.headless(), Exposure.loadBalancer({ name: 'web-headless' }), 'Service `web-headless`'],
  [Exposure.headless(), Exposure.loadBalancer({ name: 'web' }), 'Service `web`'],
])('two of one name are refused, since one would overwrite the other: case %#', (one, other, object) => {
  expect(thrown(() => exposed(one, other))).toBe(
    `[shop/web] expose: the app has ${object} already; give the second one a name of its own`,
  );
});

test.each([
  [
    () => exposed(Exposure.ingress({ host: 'a', name: 'A' })),
    '[shop/web] expose: name: `A` is not a DNS label; use lower-case letters, digits and inner hyphens',
  ],
  [
    () => Exposure.ingress({ host: 'https://a.example.com' }),
    'Exposure.ingress: host: `https://a.example.com` is not a host name; use `shop.example.com`, without scheme, port and path',
  ],
  [
    () => Exposure.httpRoute({ gateway: 'a', hostnames: ['a.example.com', 'b.example.com:443'] }),
    'Exposure.httpRoute: hostnames: `b.example.com:443` is not a host name; use `shop.example.com`, without scheme, port and path',
  ],
  [() => Exposure.ingress({ host: 'a', path: 'b' }), 'Exposure.ingress: the path `b` is not absolute; use `/b`'],
  [() => Exposure.httpRoute({ gateway: 'a', path: 'b' }), 'Exposure.httpRoute: the path `b` is not absolute; use `/b`'],
  [
    () => Exposure.httpRoute({ gateway: 'Public' }),
    'Exposure.httpRoute: `Public` is not a Gateway; use `name` or `namespace/name`',
  ],
  [
    () => Exposure.httpRoute({ gateway: '/public' }),
    'Exposure.httpRoute: `/public` is not a Gateway; use `name` or `namespace/name`',
  ],
  [() => Exposure.loadBalancer({ port: 65536 }), 'Exposure.loadBalancer: port: 65536 is outside 1 to 65535'],
])('refuses what makes no sense, case %#', (work, message) => {
  expect(thrown(work)).toBe(message);
});

test('after synth() an app cannot be exposed any more', () => {
  const { app, chart } = chartIn({ outdir: mkdtempSync(join(tmpdir(), 'cdk8s-patterns-')) });
  const target = web(chart);
  app.synth();
  expect(thrown(() => target.expose(Exposure.headless()))).toBe(
    '[shop/web] app: its manifests are written already, so that this would be in none; call it before app.synth()',
  );
});
