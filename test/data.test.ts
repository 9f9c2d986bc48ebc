import { existsSync } from 'node:fs';
import { runs } from './support/command-line';

const DATA = '../shared/data';
// real manifests lie beside the repository, where the team works; a lone clone does without them
const withData = existsSync(DATA) ? describe : describe.skip;

/** The findings of a path, `Kind name: id` each. */
function foundIn(path: string): string[] {
  const { findings, unreadable } = JSON.parse(runs(['check', `${DATA}/${path}`, '--format', 'json']).out);
  expect(unreadable).toEqual([]);
  return findings.map(({ object, id }: any) => `${object.kind} ${object.name}: ${id}`).sort();
}

/** `Deployment a: id` for each name. */
function each(id: string, ...names: readonly string[]): string[] {
  return names.map((name) => `Deployment ${name}: ${id}`);
}

// one pod behind a Service: no `replicas` is written, so that it is one
const SERVED = [
  'adservice',
  'cartservice',
  'checkoutservice',
  'currencyservice',
  'emailservice',
  'frontend',
  'paymentservice',
  'productcatalogservice',
  'recommendationservice',
  'redis-cart',
  'shippingservice',
];

withData('the Online Boutique', () => {
  test('11 services: each finding was looked at by hand', () => {
    expect(foundIn('online-boutique/kubernetes-manifests.yaml')).toEqual(
      [
        // a drain of the node is an outage of the service; the load generator has no Service and may run alone
        ...each('availability/single-replica', ...SERVED),
        // no lifecycle hook anywhere: requests still arrive when the process has stopped
        ...each('app/no-shutdown-delay', ...SERVED),
        // both probes are word for word the same; only frontend tells them apart, by a cookie
        ...each('app/liveness-equals-readiness', ...SERVED.filter((name) => name !== 'frontend')),
        // `emptyDir: {}` for the data of Redis may fill the node
        ...each('app/scratch-without-limit', 'redis-cart'),
      ].sort(),
    );
  });

  test('its routes, alone and beside the services: the host of the VirtualService is the Service, one route, one port', () => {
    expect(foundIn('online-boutique/istio-manifests.yaml')).toEqual([]);
    expect(foundIn('online-boutique')).toEqual(foundIn('online-boutique/kubernetes-manifests.yaml'));
  });
});

const BOOKINFO = ['details-v1', 'productpage-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3'];

withData('Bookinfo', () => {
  // no probe and no hook in any Deployment
  const always = [...each('app/served-without-readiness', ...BOOKINFO), ...each('app/no-shutdown-delay', ...BOOKINFO)];
  // `emptyDir: {}` for /tmp, and in reviews for the server's output too: each volume is a finding
  const scratch = each(
    'app/scratch-without-limit',
    'productpage-v1',
    ...BOOKINFO.slice(3).flatMap((name) => [name, name]),
  );

  test('the Deployments: one pod each, and three of them stand behind one Service', () => {
    // the three versions of reviews take the requests of each other; all others are alone
    const alone = each('availability/single-replica', 'details-v1', 'productpage-v1', 'ratings-v1');
    expect(foundIn('bookinfo/bookinfo.yaml')).toEqual([...always, ...scratch, ...alone].sort());
  });

  test('beside the split of 90 to 10: what it joins is one app of two pods, which nobody spares in a drain', () => {
    const joined = ['reviews-v1', 'reviews-v2'];
    expect(foundIn('bookinfo')).toEqual(
      [...foundIn('bookinfo/bookinfo.yaml'), ...each('availability/no-budget', ...joined)].sort(),
    );
  });

  test.each([
    // exact paths alone are what the page has; others shall get 404
    'bookinfo-gateway.yaml',
    // subsets that nobody routes to are harmless, and so are those that match nothing, such as v2-mysql
    'destination-rule-all.yaml',
    // its DestinationRule and its Service are in other files: absence proves nothing
    'virtual-service-reviews-90-10.yaml',
  ])('%s alone says nothing', (file) => {
    expect(foundIn(`bookinfo/${file}`)).toEqual([]);
  });
});
