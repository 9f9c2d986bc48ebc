/**
 * The chance that of `trials` requests, each of which fails with chance `rate`, more than `allowed` fail.
 *
 * Exact: terms of the binomial distribution from the most likely one outwards, so that none is lost to underflow.
 */
export function chanceOfMore(allowed: number, trials: number, rate: number): number {
  if (allowed >= trials || rate <= 0) return 0;
  if (rate >= 1) return 1;
  const mode = Math.min(trials, Math.floor((trials + 1) * rate));
  const odds = rate / (1 - rate);
  let all = 1;
  let above = mode > allowed ? 1 : 0;
  for (let failed = mode, term = 1; failed < trials && term > NEGLIGIBLE; failed += 1) {
    term *= ((trials - failed) / (failed + 1)) * odds;
    all += term;
    if (failed + 1 > allowed) above += term;
  }
  for (let failed = mode, term = 1; failed > 0 && term > NEGLIGIBLE; failed -= 1) {
    term *= failed / ((trials - failed + 1) * odds);
    all += term;
    if (failed - 1 > allowed) above += term;
  }
  return above / all;
}

/** The lowest failure rate that fails a gate with at least this chance; 1 if none does. */
export function detectableRate(allowed: number, trials: number, chance: number): number {
  let [low, high] = [0, 1];
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (chanceOfMore(allowed, trials, middle) >= chance) high = middle;
    else low = middle;
  }
  return high;
}

/** The fewest requests with which a gate tells the rates apart, or undefined if there are none up to `most`. */
export function trialsNeeded(fits: (trials: number) => boolean, most = 1e8): number | undefined {
  let high = 1;
  while (!fits(high)) {
    high *= 2;
    if (high > most) return undefined;
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** A term so small beside the greatest one that all further ones change nothing. */
const NEGLIGIBLE = 1e-18;
