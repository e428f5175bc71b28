"use client";

import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { startReview } from "#lib/reviews/client";

/** Begins the review of an incident. */
export function StartReview({ number }: { number: number }) {
  const start = useChange({
    change: () => startReview(String(number)),
    done: "Review begun",
    failed: "Not begun",
  });
  return (
    <Button
      variant="primary"
      pending={start.isPending}
      pendingLabel="Beginning…"
      onClick={() => start.mutate()}
    >
      Begin the review
    </Button>
  );
}
