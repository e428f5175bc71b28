import { untouched } from "#lib/alerts/verdict";
import type { Surroundings } from "#lib/rules/evaluate";
import { judgeByRules } from "#lib/rules/judge";
import type { Judgeable, Judgement, Sets } from "#lib/rules/judge";

/** Rules never cost an event: what fails while they judge it leaves it as it came in. */
export function judgeSafely(judged: Judgeable, sets: Sets, around: Surroundings): Judgement {
  try {
    return judgeByRules(judged, sets, around);
  } catch (error) {
    const because = `Rules could not judge it, so it is taken as it came in: ${error instanceof Error ? error.message : String(error)}`;
    const trace = [{ step: "rules", outcome: "failed", because }];
    return { verdict: { ...untouched(judged.event, judged.dedupKey), trace }, hits: [], calls: [] };
  }
}
