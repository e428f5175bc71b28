import { CircleCheck, FileSearch, PenLine } from "lucide-react";
import { Badge } from "#components/ui/badge";
import { REVIEW_STATE_LABELS } from "#lib/reviews/review";
import type { ReviewState } from "#lib/reviews/review";

const LOOKS = {
  draft: { icon: PenLine, hue: "slate" },
  in_review: { icon: FileSearch, hue: "blue" },
  published: { icon: CircleCheck, hue: "green" },
} as const;

export function ReviewStateBadge({ state }: { state: ReviewState }) {
  const { icon: Icon, hue } = LOOKS[state];
  return (
    <Badge hue={hue} icon={<Icon aria-hidden />}>
      {REVIEW_STATE_LABELS[state]}
    </Badge>
  );
}
