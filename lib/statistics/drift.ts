/** A statistic that remembers, after each value, with the limits beyond which it says that the mean has drifted. */
export type EwmaPoint = { value: number; lower: number; upper: number; signal: boolean };

/**
 * The exponentially weighted moving average of values against their expected mean and standard deviation (Roberts 1959; Montgomery,
 * section 9.2), with the limits that widen over the first values. The defaults find small lasting shifts and give one false alarm in
 * about 500 values.
 */
export function ewma(
  values: readonly number[],
  {
    mean,
    deviation,
    weight = 0.2,
    reach = 2.962,
  }: { mean: number; deviation: number; weight?: number; reach?: number },
): EwmaPoint[] {
  let average = mean;
  return values.map((value, index) => {
    average = weight * value + (1 - weight) * average;
    const spread = (weight / (2 - weight)) * (1 - (1 - weight) ** (2 * (index + 1)));
    const half = reach * deviation * Math.sqrt(spread);
    return {
      value: average,
      lower: mean - half,
      upper: mean + half,
      signal: Math.abs(average - mean) > half,
    };
  });
}

export type CusumPoint = { above: number; below: number; signal: "above" | "below" | null };

/**
 * The two-sided cumulative sum of deviations from the expected mean, in standard deviations (Page 1954; Montgomery, section 9.1): what
 * exceeds the slack `k` adds up, and beyond `h` the mean has drifted. The defaults give one false alarm in about 465 values. It goes on
 * summing after a signal: whoever acts on one begins anew.
 */
export function cusum(
  values: readonly number[],
  { mean, deviation, k = 0.5, h = 5 }: { mean: number; deviation: number; k?: number; h?: number },
): CusumPoint[] {
  let [above, below] = [0, 0];
  return values.map((value) => {
    const z = (value - mean) / deviation;
    above = Math.max(0, above + z - k);
    below = Math.max(0, below - z - k);
    return { above, below, signal: above > h ? "above" : below > h ? "below" : null };
  });
}
