import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { ReviewDocument } from "#components/reviews/review-document";
import { ReviewStateBadge } from "#components/reviews/review-state";
import { ButtonLink, TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { hasPermission } from "#lib/people/permissions";
import { getReview } from "#lib/reviews/queries/get-review";

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const [ctx, { id }] = await Promise.all([requireContext(), params]);
  const { incident } = await orNotFound(getReview(ctx, id));
  return { title: `Review of #${incident.number}` };
}

export default async function ReviewDocumentPage({ params }: Params) {
  const [ctx, { id }] = await Promise.all([requireContext(), params]);
  const review = await orNotFound(getReview(ctx, id));
  const { incident, owner } = review;
  return (
    <>
      <PageHeader
        title={incident.title}
        trail={`Review of #${incident.number}`}
        before={
          <>
            <ReviewStateBadge state={review.state} />
            <span>
              Review of <TextLink href={`/incidents/${incident.number}`}>#{incident.number}</TextLink>
            </span>
            <span>{[incident.priority, incident.service].filter((part) => part !== null).join(" · ")}</span>
            <span>{owner === null ? "No owner" : `Owner ${owner.name}`}</span>
          </>
        }
        actions={
          hasPermission(ctx.actor.role, "incident.respond") ? (
            <ButtonLink data-screen href={`/incidents/${incident.number}/review`}>
              Edit
            </ButtonLink>
          ) : null
        }
      />
      <ReviewDocument review={review} />
    </>
  );
}
