import { maskedTokens } from "#lib/noise/mask";
import { jaccard } from "#lib/noise/similarity";
import { formatDuration } from "#lib/time/format";

/** How the service of another incident stands to that of this one. */
export type Relation = "same" | "uses" | "used_by" | "none";

export type RelatedSubject = { title: string; service: string; createdAt: number };

export type RelatedCandidate = RelatedSubject & { id: string; relation: Relation };

export type RelatedMatch<T> = { incident: T; score: number; why: string };

const DECAY_MS = 30 * 60_000;
/** As a change counts that comes before an incident: on its own service, one that it depends on or that depends on it, any other. */
const NEARNESS: Record<Relation, number> = { same: 1, uses: 0.6, used_by: 0.6, none: 0.1 };
/** Words of another service's incident that must agree for it to be of the same kind. */
const ALIKE = 0.6;

/**
 * Incidents of about the same time that may belong to the same trouble, the likeliest first: the nearer in time and by dependencies, and
 * the more of the words agree, names of services apart. What is neither near by dependency nor alike in words is left out: that it
 * happened at the same time alone says nothing.
 */
export function rankRelated<T extends RelatedCandidate>(
  own: RelatedSubject,
  candidates: readonly T[],
  most: number,
): RelatedMatch<T>[] {
  const words = wordsOf(own);
  return candidates
    .flatMap((incident) => {
      const wording = jaccard(words, wordsOf(incident));
      const isAlike = words.length > 0 && wording >= ALIKE;
      if (incident.relation === "none" && !isAlike) return [];
      const apart = incident.createdAt - own.createdAt;
      const near = Math.exp(-Math.abs(apart) / DECAY_MS);
      const score = near * NEARNESS[incident.relation] + (isAlike ? wording / 2 : 0);
      return [{ incident, score, why: whyOf(own, incident, apart, isAlike ? wording : null) }];
    })
    .toSorted((a, b) => b.score - a.score || b.incident.id.localeCompare(a.incident.id))
    .slice(0, most);
}

function whyOf(own: RelatedSubject, other: RelatedCandidate, apart: number, wording: number | null): string {
  const place = {
    same: "The same service",
    uses: `${own.service} uses ${other.service}`,
    used_by: `${other.service} uses ${own.service}`,
    none: null,
  }[other.relation];
  const alike = wording === null ? null : `${Math.round(wording * 100)} % of the words agree`;
  const [first = "", ...rest] = [place, alike, timeWords(apart)].filter((part) => part !== null);
  return [first, ...rest].join("; ");
}

function timeWords(apart: number): string {
  if (Math.abs(apart) < 1000) return "opened at the same moment";
  return `opened ${formatDuration(Math.abs(apart))} ${apart < 0 ? "before" : "after"} this one`;
}

function wordsOf({ title, service }: RelatedSubject): string[] {
  const name = new Set(maskedTokens(service));
  return maskedTokens(title).filter((word) => !name.has(word));
}
