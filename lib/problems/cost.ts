/** What an hour of a responder and a minute of customer impact are taken to cost; settings of the organisation. */
export type CostRates = { cost_per_hour: number; cost_per_impact_minute: number };

export type Effort = { engagedMs: number; impactMs: number };

/** An estimate: hours of people times their rate, and minutes in which customers were affected times theirs. */
export function costOf({ engagedMs, impactMs }: Effort, rates: CostRates): number {
  return (engagedMs / 3_600_000) * rates.cost_per_hour + (impactMs / 60_000) * rates.cost_per_impact_minute;
}
