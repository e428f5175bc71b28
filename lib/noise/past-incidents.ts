import { maskedTokens } from "#lib/noise/mask";
import { jaccard } from "#lib/noise/similarity";
import { templateOf } from "#lib/problems/template";

/** What is compared of an incident of the same service. */
export type PastCandidate = { id: string; title: string; createdAt: number };

export type PastMatch<T> = { incident: T; sameKind: boolean; why: string };

/** How much of the words must agree where the kinds differ. */
const ALIKE = 0.6;

/**
 * Earlier incidents of a service that say the same: those of the same kind (all words but what differs from case to case), then those of
 * which most words agree; the newest first among equals.
 */
export function rankPast<T extends PastCandidate>(
  title: string,
  candidates: readonly T[],
  most: number,
): { matches: PastMatch<T>[]; sameKind: number } {
  const own = maskedTokens(title);
  const kind = templateOf(title);
  const scored = candidates.map((incident) => {
    const words = maskedTokens(incident.title);
    const sameKind = templateOf(incident.title) === kind;
    return { incident, sameKind, score: sameKind ? 1 : jaccard(own, words) };
  });
  const matches = scored
    .filter(({ sameKind, score }) => sameKind || score >= ALIKE)
    .toSorted((a, b) => Number(b.sameKind) - Number(a.sameKind) || b.score - a.score || newestFirst(a, b))
    .slice(0, most)
    .map(({ incident, sameKind, score }) => ({
      incident,
      sameKind,
      why: sameKind ? "The same kind of incident" : `${Math.round(score * 100)} % of the words agree`,
    }));
  return { matches, sameKind: scored.filter(({ sameKind }) => sameKind).length };
}

function newestFirst(a: { incident: PastCandidate }, b: { incident: PastCandidate }): number {
  return b.incident.createdAt - a.incident.createdAt || b.incident.id.localeCompare(a.incident.id);
}
