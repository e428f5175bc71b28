import type { Lesson, Lessons } from "#lib/noise/feedback";

/** What is known of an alert when it is compared with others. */
export type AlertFace = {
  alertId: string;
  serviceId: string;
  summary: string;
  templateId: string | null;
  /** The template's text: two services may have the same kind of alert under different ids. */
  template: string | null;
  /** Masked words of the summary. */
  tokens: readonly string[];
  /** By field of the setting; null: it has none. */
  values: Readonly<Record<string, string | null>>;
};

/** Parts of a score, each 0 to 1, as they are kept with the alert. */
export type ScoreFeatures = {
  wording: number;
  sameTemplate: number;
  learned: number;
  adjacent: number;
  apart: number;
};

export type Score = { score: number; features: ScoreFeatures; lesson: Lesson };

const WEIGHTS = { wording: 0.5, sameTemplate: 0.3, learned: 0.2, adjacent: 0.15, apart: -0.5 };

export const DEFAULT_THRESHOLD = 0.72;

/** True when one of the two services depends on the other, or they are the same. */
export type Adjacent = (serviceA: string, serviceB: string) => boolean;

/**
 * How alike two alerts are: shared masked words, one template, what people merged and separated before, and whether their services
 * depend on each other. What people put together at least twice counts as much as they did it consistently, however different the
 * words. Symmetric.
 */
export function scorePair(a: AlertFace, b: AlertFace, lessons: Lessons, adjacent: Adjacent): Score {
  const lesson = lessons(a.templateId, b.templateId);
  const features: ScoreFeatures = {
    wording: jaccard(a.tokens, b.tokens),
    sameTemplate: a.template !== null && a.template === b.template ? 1 : 0,
    learned: lesson.pmi,
    adjacent: a.serviceId !== b.serviceId && adjacent(a.serviceId, b.serviceId) ? 1 : 0,
    apart: lesson.isApart ? 1 : 0,
  };
  const weighed =
    WEIGHTS.wording * features.wording +
    WEIGHTS.sameTemplate * features.sameTemplate +
    WEIGHTS.learned * features.learned +
    WEIGHTS.adjacent * features.adjacent +
    WEIGHTS.apart * features.apart;
  const taught = lesson.isApart ? 0 : (lesson.precedent ?? 0);
  return { score: rounded(Math.max(0, weighed, taught)), features, lesson };
}

/** Shared words among all words; two texts without words are alike. */
export function jaccard(a: readonly string[], b: readonly string[]): number {
  const one = new Set(a);
  const other = new Set(b);
  const all = one.union(other).size;
  return all === 0 ? 1 : rounded(one.intersection(other).size / all);
}

/** Three places: what is shown and what is compared with the threshold are the same number. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
