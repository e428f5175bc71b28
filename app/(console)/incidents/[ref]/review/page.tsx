import { ActionList, AddAction } from "#components/problems/action-list";
import { ReviewDocument } from "#components/reviews/review-document";
import { ReviewEditor } from "#components/reviews/review-editor";
import { ReviewFacts } from "#components/reviews/review-facts";
import { StartReview } from "#components/reviews/start-review";
import { LiveRefresh } from "#components/live/live-refresh";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { listAssignable } from "#lib/incidents/queries/list-assignable";
import { hasPermission } from "#lib/people/permissions";
import { findReview } from "#lib/reviews/queries/get-review";

export default async function ReviewPage({ params }: { params: Promise<{ ref: string }> }) {
  const [ctx, { ref }] = await Promise.all([requireContext(), params]);
  const incident = await orNotFound(getIncident(ctx, ref));
  const [review, people] = await Promise.all([findReview(ctx, incident.id), listAssignable(ctx)]);
  const canRespond = hasPermission(ctx.actor.role, "incident.respond");
  if (!review) {
    const isOver = incident.status === "resolved";
    return (
      <EmptyState
        kind="first-use"
        title={isOver ? "Nobody has reviewed this incident yet." : "It can be reviewed once it is resolved."}
        actions={isOver && canRespond ? <StartReview number={incident.number} /> : null}
      >
        Timeline, phases and who was paged are filled in. People write what contributed and what follows from
        it.
      </EmptyState>
    );
  }
  if (!canRespond) return <ReviewDocument review={review} />;
  return (
    <>
      <LiveRefresh entities={["corrective_action"]} />
      <Card
        title="What the incident shows"
        actions={<TextLink href={`/problems/reviews/${review.id}`}>Read and print</TextLink>}
      >
        <ReviewFacts facts={review.facts} />
      </Card>
      <ReviewEditor key={review.id} review={review} people={people} />
      <Card title="Actions" subtitle="They are corrective actions, listed with all others.">
        <ActionList actions={review.actions} canRespond />
        <AddAction reviewId={review.id} dueOn={review.actionsDueOn} people={people} />
      </Card>
    </>
  );
}
