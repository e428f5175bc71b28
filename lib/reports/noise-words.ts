import type { NoiseReport, Offender } from "#lib/reports/noise-report";
import { formatPercent } from "#lib/reports/percent";
import type { Proportion } from "#lib/statistics/wilson";

/** What the funnel shows, in a sentence. */
export function funnelFinding({ funnel, events }: Pick<NoiseReport, "funnel" | "events">): string {
  const { interrupting, acted } = funnel;
  if (interrupting.count === 0) return `None of ${events.toLocaleString("en")} events interrupted anybody`;
  const per = Math.round(events / interrupting.count);
  const answered = `${acted.count.toLocaleString("en")} of ${interrupting.count.toLocaleString("en")} were acted on`;
  return `One in ${per.toLocaleString("en")} events led to an incident that interrupted somebody; ${answered}`;
}

/** How few of them made half of all interruptions. `costly`: those that interrupted anybody, the worst first, at least one. */
export function offenderFinding(noun: "service" | "kind of alert", costly: readonly Offender[]): string {
  const upTo = costly.findIndex(({ soFar }) => soFar >= 0.5) + 1;
  const many = upTo === 0 ? costly.length : upTo;
  const share = formatPercent(costly[many - 1]?.soFar ?? 0);
  if (many === 1) return `One ${noun} made ${share} of all interruptions`;
  return `${many} ${noun === "service" ? "services" : "kinds of alert"} made ${share} of all interruptions`;
}

/** "Queue is long · checkout": a kind with its service. */
export function offenderName({ name, service }: Offender): string {
  return service === null ? name : `${name} · ${service}`;
}

export function intervalText(proportion: Proportion | null): string {
  if (proportion === null) return "nothing to measure";
  return `95 % interval ${formatPercent(proportion.low)} to ${formatPercent(proportion.high)}`;
}
