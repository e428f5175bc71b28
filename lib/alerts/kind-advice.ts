import type { Suggestion } from "#lib/rules/suggested-rule";

/** What is known of a kind of alert on its service, in the time that is shown. `id`: "none" where it is no kind. */
type AdvisedKind = {
  id: string;
  /** Incidents that it opened; of these, those that people acted on, and those that were over without. */
  opened: number;
  acted: number;
  ignored: number;
  /** Whose alert ended within five minutes, and of these those that people acted on. */
  briefOpened: number;
  briefActed: number;
  /** That opened within five minutes after another one of the kind. */
  soonOpened: number;
  service: { slug: string };
};

export type KindAdvice = {
  suggests: Suggestion | "grouping";
  /** What could be done, as a button says it. */
  action: string;
  /** Where it is written already, to be looked at and put in force. */
  href: string;
  /** What it would have done in the time that is shown. */
  because: string;
};

/** Fewer incidents than this say too little about a kind. */
const FEWEST = 5;
const MOSTLY = 0.5;

/**
 * What would have kept incidents of a kind from opening: five minutes of patience where at least half of them end within these,
 * nothing at all where none was ever acted on, or one incident for all where at least half come right after each other. It
 * says what people acted on and would have been told of late or never. Null: nothing.
 */
export function adviseOn(kind: AdvisedKind): KindAdvice | null {
  const { id, opened, acted, ignored, briefOpened, briefActed, soonOpened, service } = kind;
  if (opened < FEWEST || id === "none") return null;
  const hrefOf = (suggestion: Suggestion) =>
    `/services/${service.slug}/rules?suggest=${suggestion}&kind=${id}`;
  if (briefOpened >= opened * MOSTLY) {
    return {
      suggests: "pause",
      action: "Pause it for 5 minutes",
      href: hrefOf("pause"),
      because: `${briefOpened} of ${opened} incidents would not have opened, since their alert ended within 5 minutes; ${actedWords(briefActed)}`,
    };
  }
  if (acted === 0 && ignored >= FEWEST) {
    return {
      suggests: "suppress",
      action: "Suppress it",
      href: hrefOf("suppress"),
      because: `${ignored} incidents would not have opened; none of them was acted on`,
    };
  }
  if (soonOpened < opened * MOSTLY) return null;
  return {
    suggests: "grouping",
    action: "Group these",
    href: `/services/${service.slug}/noise?suggest=grouping`,
    because: `${soonOpened} of ${opened} incidents opened within 5 minutes after another of the kind`,
  };
}

function actedWords(count: number): string {
  if (count === 0) return "nobody acted on any of these";
  return `somebody acted on ${count} of these`;
}

/** Alerts in a week, at the rate of the time that is shown. */
export function perWeek(alerts: number, milliseconds: number): number {
  return alerts / Math.max(1 / 7, milliseconds / (7 * 86_400_000));
}
