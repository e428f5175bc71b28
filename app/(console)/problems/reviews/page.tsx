import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { ProblemSections } from "#components/problems/problem-sections";
import { ReviewStateBadge } from "#components/reviews/review-state";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { RowNavigation } from "#components/ui/row-navigation";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { requireContext } from "#lib/auth/session";
import { listSuggestions } from "#lib/problems/queries/suggestions";
import { listReviews } from "#lib/reviews/queries/reviews";
import type { MissingReviewDto, ReviewDto } from "#lib/reviews/schemas";
import { formatDayOfYear } from "#lib/time/format-day";

export const metadata: Metadata = { title: "Post-incident reviews" };

export default async function ReviewsPage() {
  const ctx = await requireContext();
  const [{ reviews, missing }, suggestions] = await Promise.all([listReviews(ctx), listSuggestions(ctx)]);
  const waiting = reviews.filter(({ state }) => state !== "published");
  const overdue = waiting.filter(({ isOverdue }) => isOverdue).length;
  const majors = missing.length === 1 ? "major incident" : "major incidents";
  return (
    <>
      <LiveRefresh entities={["review"]} />
      <PageHeader
        title="Post-incident reviews"
        description={`${waiting.length} under way, ${overdue} of them overdue; ${missing.length} ${majors} of the last 60 days without one.`}
      >
        <ProblemSections suggestions={suggestions.length} />
      </PageHeader>
      <div className="flex flex-col gap-4">
        {reviews.length === 0 ? (
          <EmptyState kind="first-use" title="No incident has been reviewed yet.">
            A review begins on the page of a resolved incident, with most of it filled in.
          </EmptyState>
        ) : (
          <Card flush>
            <ReviewTable reviews={reviews} />
          </Card>
        )}
        {missing.length > 0 ? <Missing incidents={missing} /> : null}
      </div>
    </>
  );
}

function ReviewTable({ reviews }: { reviews: readonly ReviewDto[] }) {
  return (
    <RowNavigation>
      <Table caption="Post-incident reviews">
        <TableHead>
          <HeaderCell>Incident</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Due</HeaderCell>
          <HeaderCell className="max-md:hidden">Owner</HeaderCell>
        </TableHead>
        <tbody>
          {reviews.map(({ id, incident, state, dueOn, isOverdue, owner }) => (
            <TableRow key={id} rowId={id}>
              <Cell grow className="max-sm:whitespace-normal">
                <TextLink
                  tone="quiet"
                  data-row-link
                  href={`/problems/reviews/${id}`}
                  className="block sm:truncate"
                >
                  <span className="text-text-3">
                    #{incident.number} {incident.priority}
                  </span>{" "}
                  {incident.title}
                </TextLink>
              </Cell>
              <Cell>
                <ReviewStateBadge state={state} />
              </Cell>
              <Cell>
                <span className="whitespace-nowrap">{formatDayOfYear(dueOn)}</span>{" "}
                {isOverdue ? <Badge hue="red">Overdue</Badge> : null}
              </Cell>
              <Cell className="whitespace-nowrap max-md:hidden">{owner?.name ?? "–"}</Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </RowNavigation>
  );
}

function Missing({ incidents }: { incidents: readonly MissingReviewDto[] }) {
  return (
    <Card title="Major incidents without a review">
      <ul className="flex flex-col gap-1.5 text-body">
        {incidents.map(({ number, title, priority, resolvedAt }) => (
          <li key={number} className="flex gap-3">
            <TextLink tone="quiet" href={`/incidents/${number}/review`} className="min-w-0 flex-1 truncate">
              <span className="text-text-3">
                #{number} {priority}
              </span>{" "}
              {title}
            </TextLink>
            <Time at={resolvedAt} card={false} className="shrink-0 text-text-3" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
