import { formatPercent } from "#lib/reports/percent";

/** How usual a kind of incident is for its service: common, seldom, not seen before, or neither. */
export type OutlierMark = "frequent" | "rare" | "new" | "usual";

export type Outlier = { mark: OutlierMark; because: string };

/** Days before an incident that are looked at. */
export const OUTLIER_DAYS = 30;

const FREQUENT = 0.2;
const RARE = 0.05;
/** Below this many of a kind a large share is chance. */
const FEWEST_OF_A_KIND = 3;
/** Below this many incidents "never seen" says nothing, and one in twenty can't be told. */
const FEWEST_FOR_NEW = 5;
const FEWEST_FOR_RARE = 20;

/**
 * What share of the service's incidents in the 30 days before is of the same kind: at least a fifth is frequent, at most one in twenty
 * rare, none new. Null: too few are known to say anything.
 */
export function judgeOutlier({ sameKind, all }: { sameKind: number; all: number }): Outlier | null {
  const share = all === 0 ? 0 : sameKind / all;
  const incidents = `${all.toLocaleString("en")} incidents of this service in the ${OUTLIER_DAYS} days before`;
  const counted = `${sameKind.toLocaleString("en")} of ${incidents} ${sameKind === 1 ? "is" : "are"} of this kind (${formatPercent(share)}).`;
  if (sameKind === 0) {
    return all < FEWEST_FOR_NEW ? null : { mark: "new", because: `None of ${incidents} is of this kind.` };
  }
  if (share >= FREQUENT && sameKind >= FEWEST_OF_A_KIND) return { mark: "frequent", because: counted };
  if (share <= RARE && all >= FEWEST_FOR_RARE) return { mark: "rare", because: counted };
  return { mark: "usual", because: counted };
}
