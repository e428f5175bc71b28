import { z } from "zod";
import type { Context } from "#lib/context";
import { apiRoute } from "#lib/http/api-route";
import { wireInstant, wireInstantOrNull } from "#lib/http/wire/instant";
import { fromOffset, listBody, pagingQuery, readPaging } from "#lib/http/wire/list";
import { wireAction } from "#lib/http/wire/problem";
import { wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import { startReview } from "#lib/reviews/commands/start-review";
import { updateReview } from "#lib/reviews/commands/update-review";
import { getReview } from "#lib/reviews/queries/get-review";
import { listReviews } from "#lib/reviews/queries/reviews";
import { REVIEW_STATES } from "#lib/reviews/review";
import type { ReviewDto } from "#lib/reviews/schemas";

const tag = "Reviews";

const text = z.string().nullish();

const reviewBody = z.object({
  state: z.enum(REVIEW_STATES).optional(),
  version: z
    .int()
    .optional()
    .describe("The version that the change started from; another one is a conflict."),
  due_on: z.string().optional(),
  summary: text,
  impact: text,
  contributing_factors: text,
  went_well: text,
  went_poorly: text,
  lucky: text,
});

function wireReview(wire: WireContext, review: ReviewDto) {
  const { incident } = review;
  const about = { id: incident.id, name: `[#${incident.number}] ${incident.title}` };
  return {
    id: review.id,
    type: "review",
    summary: `Review of #${incident.number}`,
    self: `${wire.api}/reviews/${review.id}`,
    html_url: `${wire.web}/problems/reviews/${review.id}`,
    incident: wireReference(wire, "incident", about),
    state: review.state,
    version: review.version,
    owner: review.owner && wireReference(wire, "user", review.owner),
    due_on: review.dueOn,
    overdue: review.isOverdue,
    text: {
      summary: review.summary,
      impact: review.impact,
      contributing_factors: review.contributingFactors,
      went_well: review.wentWell,
      went_poorly: review.wentPoorly,
      lucky: review.lucky,
    },
    created_at: wireInstant(review.createdAt, wire.timeZone),
    published_at: wireInstantOrNull(wire, review.publishedAt),
  };
}

async function answer(ctx: Context, wire: WireContext, id: string) {
  const review = await getReview(ctx, id);
  return {
    review: {
      ...wireReview(wire, review),
      corrective_actions: review.actions.map((action) => wireAction(wire, action)),
    },
  };
}

export const listWireReviews = apiRoute(
  {
    method: "get",
    path: "/reviews",
    summary: "List post-incident reviews, those that wait first",
    tag,
    query: z.object(pagingQuery),
  },
  async ({ ctx, wire, query }) => {
    const paging = readPaging(query);
    const { reviews } = await listReviews(ctx);
    const rows = reviews.slice(paging.offset, paging.offset + paging.limit);
    return listBody("reviews", fromOffset(rows, reviews.length, paging), paging, (review) =>
      wireReview(wire, review),
    );
  },
);

export const getWireReview = apiRoute(
  { method: "get", path: "/reviews/{id}", summary: "Get a review by its id or its incident's", tag },
  ({ ctx, wire, param }) => answer(ctx, wire, param("id")),
);

export const createWireReview = apiRoute(
  {
    method: "post",
    path: "/reviews",
    summary: "Begin the review of a resolved incident",
    tag,
    root: "review",
    body: z.object({ incident: z.object({ id: z.string() }) }),
    status: 201,
  },
  async ({ ctx, wire, body }) => {
    const { id } = await startReview(ctx, { incident: body.incident.id });
    return answer(ctx, wire, id);
  },
);

export const updateWireReview = apiRoute(
  {
    method: "put",
    path: "/reviews/{id}",
    summary: "Change a review, its state included",
    tag,
    root: "review",
    body: reviewBody,
  },
  async ({ ctx, wire, param, body }) => {
    const { id } = await getReview(ctx, param("id"));
    await updateReview(ctx, id, {
      expectedVersion: body.version ?? null,
      state: body.state,
      dueOn: body.due_on,
      summary: body.summary,
      impact: body.impact,
      contributingFactors: body.contributing_factors,
      wentWell: body.went_well,
      wentPoorly: body.went_poorly,
      lucky: body.lucky,
    });
    return answer(ctx, wire, id);
  },
);
