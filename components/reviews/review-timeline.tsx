"use client";

import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { Checkbox } from "#components/ui/checkbox";
import { logSentence } from "#lib/incidents/log-sentence";
import type { ReviewDetailDto } from "#lib/reviews/schemas";

interface ReviewTimelineProps {
  review: ReviewDetailDto;
  hidden: readonly string[];
  onHide: (ids: string[]) => void;
}

/** The incident's timeline, line by line in or out of the review. */
export function ReviewTimeline({ review, hidden, onHide }: ReviewTimelineProps) {
  const { timeline } = review;
  return (
    <Card
      title="Timeline"
      subtitle={`${timeline.length - hidden.length} of ${timeline.length} lines are shown`}
    >
      <ul className="flex max-h-120 flex-col divide-y overflow-y-auto text-table">
        {timeline.map((entry) => (
          <li key={entry.id}>
            <label className="flex items-start gap-3 py-1.5">
              <Checkbox
                className="mt-0.5"
                checked={!hidden.includes(entry.id)}
                onChange={({ target }) =>
                  onHide(target.checked ? hidden.filter((id) => id !== entry.id) : [...hidden, entry.id])
                }
              />
              <Time at={entry.at} format="date-time" card={false} className="tabular shrink-0 text-text-3" />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {logSentence(entry)}
                {entry.note === null ? null : <span className="block text-text-2">{entry.note}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </Card>
  );
}
