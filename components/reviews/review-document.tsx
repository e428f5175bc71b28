import { ReviewFacts } from "#components/reviews/review-facts";
import { Time } from "#components/time/time";
import { Prose } from "#components/ui/prose";
import { logSentence } from "#lib/incidents/log-sentence";
import { ACTION_STATE_LABELS } from "#lib/problems/problem";
import { SECTION_LABELS, WRITTEN } from "#lib/reviews/schemas";
import type { ReviewDetailDto } from "#lib/reviews/schemas";
import { formatDayOfYear } from "#lib/time/format-day";

/** A review to be read, and printed. */
export function ReviewDocument({ review }: { review: ReviewDetailDto }) {
  const [summary, impact, ...rest] = WRITTEN;
  const shown = review.timeline.filter(({ isHidden }) => !isHidden);
  return (
    <article className="flex max-w-prose flex-col gap-6 print:max-w-none">
      {[summary, impact].map((section) => (
        <Section key={section} title={SECTION_LABELS[section]} text={review[section]} />
      ))}
      <section className="flex flex-col gap-2">
        <h2 className="text-reading font-semibold">What happened</h2>
        <ReviewFacts facts={review.facts} />
        <ol className="mt-2 flex flex-col divide-y text-table" aria-label="Timeline">
          {shown.map((entry) => (
            <li key={entry.id} className="flex gap-3 py-1.5">
              <Time at={entry.at} format="date-time" card={false} className="tabular shrink-0 text-text-3" />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {logSentence(entry)}
                {entry.note === null ? null : <span className="block text-text-2">{entry.note}</span>}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {rest.map((section) => (
        <Section key={section} title={SECTION_LABELS[section]} text={review[section]} />
      ))}
      <section className="flex flex-col gap-2">
        <h2 className="text-reading font-semibold">Actions</h2>
        {review.actions.length === 0 ? <p className="text-body text-text-2">None.</p> : null}
        <ul className="flex list-disc flex-col gap-1 pl-5 text-body">
          {review.actions.map(({ id, title, owner, dueOn, state }) => (
            <li key={id}>
              {title} (
              {[
                owner?.name ?? "no owner",
                dueOn === null ? "no due day" : formatDayOfYear(dueOn),
                ACTION_STATE_LABELS[state],
              ].join(", ")}
              )
            </li>
          ))}
        </ul>
      </section>
    </article>
  );
}

function Section({ title, text }: { title: string; text: string | null }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-reading font-semibold">{title}</h2>
      {text === null ? <p className="text-body text-text-3">Nothing is written.</p> : <Prose>{text}</Prose>}
    </section>
  );
}
