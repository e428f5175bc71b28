import { CircleQuestionMark, Minus, TrendingDown, TrendingUp } from "lucide-react";
import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import type { VerdictWord } from "#lib/statistics/verdict";

const LOOKS: Record<VerdictWord, { hue: Hue; Icon: typeof Minus }> = {
  improved: { hue: "green", Icon: TrendingDown },
  worsened: { hue: "orange", Icon: TrendingUp },
  "no detectable change": { hue: "slate", Icon: Minus },
  "too little data": { hue: "slate", Icon: CircleQuestionMark },
};

/** The verdict on a trend, one of four fixed words. */
export function VerdictBadge({ word }: { word: VerdictWord }) {
  const { hue, Icon } = LOOKS[word];
  return (
    <Badge hue={hue} form="tint" icon={<Icon aria-hidden />}>
      {word.charAt(0).toUpperCase() + word.slice(1)}
    </Badge>
  );
}
