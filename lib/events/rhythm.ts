/**
 * What an integration's own past says about its silence. `unheard`: nothing ever came. `unknown`: too few returns to judge by. `quiet`: it
 * is silent for longer than ever in the time that is looked at.
 */
export type Rhythm =
  | { kind: "unheard" }
  | { kind: "unknown"; silenceHours: number; gaps: number }
  | { kind: "usual" | "quiet"; silenceHours: number; usualHours: number; longestHours: number; gaps: number };

/** With this many gaps the next one is the longest by chance once in twenty times: what exchangeable gaps promise, whatever their shape. */
const FEWEST_GAPS = 19;
const HOUR = 3_600_000;

/**
 * Judges a silence by the gaps between the hours in which something came (`hours`: their beginnings, in any order). An hour is the
 * finest that is known, so a gap may have been an hour longer than it looks, and that is granted.
 */
export function rhythmOf(hours: readonly Date[], lastEventAt: Date | null, now: Date): Rhythm {
  if (lastEventAt === null) return { kind: "unheard" };
  const silenceHours = Math.max(0, (now.getTime() - lastEventAt.getTime()) / HOUR);
  const heard = [...new Set(hours.map((hour) => hour.getTime()))].toSorted((a, b) => a - b);
  const gaps = heard.slice(1).map((hour, index) => (hour - (heard[index] ?? hour)) / HOUR);
  if (gaps.length < FEWEST_GAPS) return { kind: "unknown", silenceHours, gaps: gaps.length };
  const sorted = gaps.toSorted((a, b) => a - b);
  const usualHours = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const longestHours = sorted.at(-1) ?? 0;
  const kind = silenceHours > longestHours + 1 ? "quiet" : "usual";
  return { kind, silenceHours, usualHours, longestHours, gaps: gaps.length };
}

/** The rhythm in a sentence: "Silent for 26 h, heard hourly before; the longest of 180 gaps was 2 h." */
export function rhythmSentence(rhythm: Rhythm): string {
  switch (rhythm.kind) {
    case "unheard":
      return "Nothing has arrived yet.";
    case "unknown":
      return `Last heard ${hoursText(rhythm.silenceHours)} ago; heard too seldom to know what is usual (${rhythm.gaps} of ${FEWEST_GAPS} gaps).`;
    case "usual":
      return `Last heard ${hoursText(rhythm.silenceHours)} ago, usually ${howOften(rhythm.usualHours)}.`;
    case "quiet":
      return `Silent for ${hoursText(rhythm.silenceHours)}, usually heard ${howOften(rhythm.usualHours)}; the longest of ${rhythm.gaps} gaps was ${hoursText(rhythm.longestHours)}.`;
  }
}

function hoursText(hours: number): string {
  if (hours < 1) return "less than 1 h";
  return hours < 72 ? `${Math.floor(hours)} h` : `${Math.floor(hours / 24)} days`;
}

function howOften(hours: number): string {
  if (hours <= 1) return "hourly";
  if (hours >= 20 && hours <= 28) return "daily";
  return `every ${hoursText(hours)}`;
}
