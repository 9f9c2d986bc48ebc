import {
  COMPONENT_LABEL,
  INSTANCE_LABEL,
  MANAGED_BY,
  MANAGED_BY_LABEL,
  NAME_LABEL,
  TRACK_LABEL,
} from '../../lib/values/labels';

test.each([
  [NAME_LABEL, 'app.kubernetes.io/name'],
  [INSTANCE_LABEL, 'app.kubernetes.io/instance'],
  [MANAGED_BY_LABEL, 'app.kubernetes.io/managed-by'],
  [COMPONENT_LABEL, 'app.kubernetes.io/component'],
  [TRACK_LABEL, 'track'],
  [MANAGED_BY, 'cdk8s-patterns'],
])('%s keeps its name, since live selectors cannot change', (label, literal) => {
  expect(label).toBe(literal);
});
