import { availabilityFinding } from "#lib/reports/availability-words";
import { isPagingKnown } from "#lib/reports/pack-report";
import type { PackReport, PackFigures } from "#lib/reports/pack-report";
import type { Verdict } from "#lib/statistics/verdict";
import { formatDuration } from "#lib/time/format";
import { formatDate, wallClockAt } from "#lib/time/wall-clock";

/** How the time before is called. */
export const EARLIER = {
  week: "the week before",
  month: "the month before",
  quarter: "the quarter before",
} as const;

/**
 * The finding of a period in sentences, each made of a number, the one before it and the word that a test allows; nothing that no test has
 * looked at is called better or worse.
 */
export function packSentences(report: PackReport): string[] {
  const { now, before, verdicts, unit } = report;
  const earlier = EARLIER[unit];
  return [
    ...unseenSentence(report),
    ...availabilitySentence(report),
    `Major incidents: ${now.major.count} (${earlier}: ${before.major.count}), ${wordOf(verdicts.major)}.`,
    ...foundSentence(now, before, verdicts.found),
    ...respondSentence(report),
    sleepSentence(report),
  ];
}

/** Why there is no number of interruptions, escalations and hours. */
export const PAGED_ELSEWHERE = "All incidents were imported: whom they paged is not known";

function sleepSentence({ now, before, load, loadBefore, verdicts, unit }: PackReport): string {
  const what = "Interruptions in hours of sleep:";
  if (!isPagingKnown(now, load)) return `${what} not known. ${PAGED_ELSEWHERE}.`;
  const [sleep, sleepBefore] = [load, loadBefore].map(
    ({ classes }) => classes.find((part) => part.class === "sleep")?.count ?? 0,
  );
  const earlier = isPagingKnown(before, loadBefore) ? sleepBefore : "not known";
  const course = `${wordOf(verdicts.sleep)} over the last thirteen ${unit === "week" ? "weeks" : "months"}`;
  return `${what} ${sleep} (${EARLIER[unit]}: ${earlier}), ${course}.`;
}

function unseenSentence({ unseen, timeZone }: PackReport): string[] {
  if (unseen === null) return [];
  const [from, to] = [unseen.start, unseen.end].map((at) => formatDate(wallClockAt(timeZone, at)));
  return [`Nothing is known of the time from ${from}, when the imported history ends, to ${to}.`];
}

function availabilitySentence({ availability }: PackReport): string[] {
  const isPromised = availability.some(({ target }) => target !== null);
  return isPromised ? [`${availabilityFinding(availability)}.`] : [];
}

function foundSentence(now: PackFigures, before: PackFigures, verdict: Verdict): string[] {
  const [mine, earlier] = [now.found.proportion, before.found.proportion];
  if (mine === null) return [];
  const share = (value: number) => `${Math.round(value * 100)} %`;
  const compared = earlier === null ? "" : ` (before: ${share(earlier.share)}), ${wordOf(verdict)}`;
  return [`Found by us first: ${share(mine.share)} of ${now.found.known.count}${compared}.`];
}

function respondSentence({ now, before, verdicts, unit }: PackReport): string[] {
  const [mine, earlier] = [now, before].map(
    ({ clocks }) => clocks.find(({ clock }) => clock === "respond")?.median,
  );
  if (mine === undefined || mine === null) return [];
  const compared =
    earlier === undefined || earlier === null
      ? ""
      : ` (${EARLIER[unit]}: ${formatDuration(earlier)}), ${wordOf(verdicts.clocks.respond)}`;
  return [`Half of the incidents were responded to within ${formatDuration(mine)}${compared}.`];
}

/** The verdict within a sentence. */
function wordOf({ word }: Verdict): string {
  return word === "too little data" ? "too few to tell a change" : word;
}
