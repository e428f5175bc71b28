import { hasGrown } from "#lib/problems/recurrence";

/** A template of one service, or a feature wherever it is. */
export const SUGGESTION_KINDS = ["template", "feature"] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

/** `faded`: it was not decided and does not stand out any more. */
export const SUGGESTION_STATES = ["open", "faded", "accepted", "dismissed"] as const;
export type SuggestionState = (typeof SUGGESTION_STATES)[number];

/** What becomes of a suggestion that was found again with this many incidents; `isTracked`: an open problem has its incidents. */
export function stateAfterFinding(
  known: { state: SuggestionState; dismissedCount: number | null } | null,
  observed: number,
  isTracked: boolean,
): SuggestionState | null {
  if (isTracked) return known ? "accepted" : null;
  if (known?.state === "dismissed" && !hasGrown(known.dismissedCount ?? 0, observed)) return "dismissed";
  return "open";
}
