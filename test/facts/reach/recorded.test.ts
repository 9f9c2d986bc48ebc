import { ourVerdicts, recordedVerdicts } from '../../support/recorded-verdicts';

test.each(Object.entries(recordedVerdicts()))('Calico’s verdicts on world %s are ours', (seed, verdicts) => {
  expect(ourVerdicts(Number(seed))).toBe(verdicts);
});
