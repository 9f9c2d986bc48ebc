import { Chart } from 'cdk8s';
import * as p from '../lib';
import { combinations } from './support/combinations';

describe.each(['1.27', '1.37'])('for Kubernetes %s, each pair renders without a finding or is refused:', (version) => {
  test.each(combinations(version).map((combination) => [combination.name, combination] as const))(
    '%s',
    (_, combination) => {
      const target = p.TargetCluster.of({ kubernetes: p.KubernetesVersion.of(version) });
      const chart = new Chart(new p.ProductionApp({ target }), 'shop', { namespace: 'shop' });
      const build = () => {
        combination.build(chart);
        return p.Manifests.of(chart);
      };
      if (combination.refusal !== undefined) return expect(build).toThrow(combination.refusal);
      const found = build()
        .findings()
        .filter(({ id }) => !combination.expected.includes(id));
      return expect(found.map(({ id, problem }) => `${id}: ${problem}`)).toEqual([]);
    },
  );
});
