import { spikeTest } from "#lib/statistics/spike";

/** New alerts of a service: the last two bins, the last five minutes, and the same bins of earlier weeks. */
export type AlertRate = {
  /** From 20 to 10 minutes ago. */
  before: number;
  /** In the last 10 minutes. */
  now: number;
  /** In the last 5 minutes. */
  justNow: number;
  /** Counts of 10-minute bins around this hour of this weekday in the last weeks. */
  baseline: readonly number[];
};

export type StormJudgement = { isStorm: true; because: string } | { isStorm: false };

/** An outbreak that nobody needs a second bin to see. */
const OUTBREAK = 20;
const OUTBREAK_TIMES = 10;

/**
 * Whether a service is in a storm of alerts: two bins in a row far above what it has at this hour of the week (`spikeTest`), or more than
 * 20 new alerts in five minutes and ten times what is usual.
 */
export function judgeStorm({ before, now, justNow, baseline }: AlertRate): StormJudgement {
  const [first, second] = [spikeTest(before, baseline), spikeTest(now, baseline)];
  const usual = `${Math.round(second.expected) || "none"} would be usual at this hour of the week`;
  if (justNow > OUTBREAK && justNow > (OUTBREAK_TIMES * second.expected) / 2) {
    return { isStorm: true, because: `${justNow} new alerts within 5 min; in 10 min ${usual}` };
  }
  if (!first.isSpike || !second.isSpike) return { isStorm: false };
  return { isStorm: true, because: `${before} and ${now} new alerts in two times 10 min; ${usual}` };
}

/**
 * Whether new alerts of the last five minutes and those that come now make it worth judging at once: where they pass 20, and each time
 * they double from there. A service that is as busy as that every day is judged a few times and not at each alert.
 */
export function passesOutbreak(justNow: number, coming: number): boolean {
  const doublings = (count: number) => (count > OUTBREAK ? Math.floor(Math.log2(count / OUTBREAK)) : -1);
  return doublings(justNow + coming) > doublings(justNow);
}

/** A storm is over when a whole bin held no more than usual, or next to nothing. */
export function isOver({ now, baseline }: Pick<AlertRate, "now" | "baseline">): boolean {
  return now < 2 || !spikeTest(now, baseline).isSpike;
}

/** A storm that is on. Instants are ISO 8601. */
export type OpenStorm = {
  id: string;
  startedAt: string;
  /** What was counted, and what is usual. */
  because: string;
  service: { id: string; name: string; slug: string };
  /** That everything new is put onto; null before one opened. `alertCount`: all alerts on it. */
  incident: { id: string; number: number; isOpen: boolean; alertCount: number } | null;
  /** Open incidents of the service beside that one. */
  otherIncidents: number;
  /** Ids of those among them that opened with the storm, before it was noticed; as many as can be merged at once. */
  openedWith: string[];
};

/** Where the new alerts of a storm go, as a sentence without its full stop. */
export function stormSentence({ incident }: Pick<OpenStorm, "incident">): string {
  if (incident === null) return "The next alert opens the incident that holds all that follow";
  const { number, alertCount, isOpen } = incident;
  if (!isOpen) return `#${number} is resolved; the next alert opens another incident for all that follow`;
  const alerts = `${alertCount.toLocaleString("en")} ${alertCount === 1 ? "alert is" : "alerts are"}`;
  return `${alerts} on #${number}; everything new joins it and pages nobody again`;
}
