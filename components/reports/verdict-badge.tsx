import { CircleQuestionMark, Minus, TrendingDown, TrendingUp } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import type { VerdictWord } from "#lib/statistics/verdict";

const HUES: Record<VerdictWord, Hue> = {
  improved: "green",
  worsened: "orange",
  "no detectable change": "slate",
  "too little data": "slate",
};

interface VerdictBadgeProps {
  word: VerdictWord;
  /** Which direction is good, for the arrow: less if not said. */
  better?: "less" | "more";
}

/** The verdict on a trend, one of four fixed words. */
export function VerdictBadge({ word, better = "less" }: VerdictBadgeProps) {
  return (
    <Badge hue={HUES[word]} form="tint" icon={iconOf(word, better)}>
      {word.charAt(0).toUpperCase() + word.slice(1)}
    </Badge>
  );
}

function iconOf(word: VerdictWord, better: "less" | "more"): ReactNode {
  if (word === "too little data") return <CircleQuestionMark aria-hidden />;
  if (word === "no detectable change") return <Minus aria-hidden />;
  return (word === "improved") === (better === "more") ? (
    <TrendingUp aria-hidden />
  ) : (
    <TrendingDown aria-hidden />
  );
}
