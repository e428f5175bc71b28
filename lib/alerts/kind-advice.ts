/** What is known of a kind of alert on its service, in the time that is shown. */
type AdvisedKind = {
  /** Incidents that it opened; of these, those that people acted on, and those that were over without. */
  opened: number;
  acted: number;
  ignored: number;
  /** Whose alert ended within five minutes, and of these those that people acted on. */
  briefOpened: number;
  briefActed: number;
  service: { slug: string };
};

export type KindAdvice = {
  /** What could be done, as a button says it. */
  action: string;
  /** Where: the service's rules. */
  href: string;
  /** What it would have done in the time that is shown. */
  because: string;
};

/** Fewer incidents than this say too little about a kind. */
const FEWEST = 5;
const MOSTLY = 0.5;

/**
 * What would have kept incidents of a kind from opening: five minutes of patience where at least half of them end within these, or
 * nothing at all where nobody ever did anything about one. It says what people acted on and would have been told of late or never. Null:
 * neither.
 */
export function adviseOn(kind: AdvisedKind): KindAdvice | null {
  const { opened, acted, ignored, briefOpened, briefActed, service } = kind;
  if (opened < FEWEST) return null;
  const href = `/services/${service.slug}/rules`;
  if (briefOpened >= opened * MOSTLY) {
    return {
      action: "Pause it for 5 minutes",
      href,
      because: `${briefOpened} of ${opened} incidents would not have opened, since their alert ended within 5 minutes; ${actedWords(briefActed)}`,
    };
  }
  if (acted > 0 || ignored < FEWEST) return null;
  return {
    action: "Suppress it",
    href,
    because: `${ignored} incidents would not have opened; nobody did anything about one of them`,
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
