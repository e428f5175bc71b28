import { z } from "zod";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { referenceSchema } from "#lib/http/wire/common-schemas";
import { wireCoverRequest } from "#lib/http/wire/cover";
import { wireInstantSchema } from "#lib/http/wire/read-instant";
import { closeCover } from "#lib/on-call/commands/close-cover";
import { decideCoverOffer } from "#lib/on-call/commands/decide-cover-offer";
import { offerCover } from "#lib/on-call/commands/offer-cover";
import { requestCover } from "#lib/on-call/commands/request-cover";
import { getCover, listOpenCovers } from "#lib/on-call/queries/covers";
import { getSchedule } from "#lib/on-call/queries/schedules";

const tag = "Covers";

const span = z.object({ start: wireInstantSchema, end: wireInstantSchema });
const spanOf = ({ start, end }: z.output<typeof span>) => ({ startsAt: start, endsAt: end });

const requestBody = span.extend({
  asked_user: referenceSchema
    .nullish()
    .describe("Who is asked. Without it everybody who stands in the schedule."),
  in_return: span.nullish().describe("A swap: the shift of the person asked that is taken over in return."),
  message: z.string().nullish(),
});

const offerBody = z.object({
  start: wireInstantSchema.optional(),
  end: wireInstantSchema.optional(),
});

export const listCoverRequests = apiRoute(
  {
    method: "get",
    path: "/schedules/{id}/cover_requests",
    summary: "List the open requests for cover in a schedule",
    tag,
  },
  async ({ ctx, wire, param }) => {
    const { id } = await getSchedule(ctx, param("id"));
    const requests = await listOpenCovers(ctx, id);
    return { cover_requests: requests.map((request) => wireCoverRequest(wire, request)) };
  },
);

export const createCoverRequest = apiRoute(
  {
    method: "post",
    path: "/schedules/{id}/cover_requests",
    summary: "Ask others to take one's shift, or to swap it",
    tag,
    root: "cover_request",
    body: requestBody,
    status: 201,
    from: "required",
  },
  async ({ ctx, wire, param, body }) => {
    const { id: scheduleId } = await getSchedule(ctx, param("id"));
    const { id } = await requestCover(ctx, {
      scheduleId,
      ...spanOf(body),
      askedUserId: body.asked_user?.id ?? null,
      inReturn: body.in_return ? spanOf(body.in_return) : null,
      message: body.message ?? null,
    });
    return { cover_request: wireCoverRequest(wire, await getCover(ctx, id)) };
  },
);

export const getCoverRequest = apiRoute(
  { method: "get", path: "/cover_requests/{id}", summary: "Get a request for cover", tag },
  async ({ ctx, wire, param }) => ({
    cover_request: wireCoverRequest(wire, await getCover(ctx, param("id"))),
  }),
);

export const deleteCoverRequest = apiRoute(
  {
    method: "delete",
    path: "/cover_requests/{id}",
    summary: "Withdraw one's request, take back one's offer, or decline what one was asked",
    tag,
    status: 204,
    from: "required",
  },
  async ({ ctx, param }) => {
    await closeCover(ctx, param("id"));
  },
);

export const createCoverOffer = apiRoute(
  {
    method: "post",
    path: "/cover_requests/{id}/offers",
    summary: "Take all that is open of a request, which is in force at once, or offer a part of it",
    tag,
    root: "cover_offer",
    body: offerBody,
    bodyOptional: true,
    status: 201,
    from: "required",
  },
  async ({ ctx, wire, param, body: { start, end } }) => {
    if ((start === undefined) !== (end === undefined)) {
      throw new AppError("invalid", "start and end go together", {
        fields: [{ field: start === undefined ? "start" : "end", message: "is needed with the other" }],
      });
    }
    const part = start && end ? spanOf({ start, end }) : null;
    const { kind } = await offerCover(ctx, { requestId: param("id"), span: part });
    return { outcome: kind, cover_request: wireCoverRequest(wire, await getCover(ctx, param("id"))) };
  },
);

export const updateCoverOffer = apiRoute(
  {
    method: "put",
    path: "/cover_requests/{id}/offers/{offer_id}",
    summary: "Accept or decline an offer of a part",
    tag,
    root: "cover_offer",
    body: z.object({ outcome: z.enum(["accepted", "declined"]) }),
    from: "required",
  },
  async ({ ctx, wire, param, body: { outcome } }) => {
    const requestId = param("id");
    await decideCoverOffer(ctx, { requestId, offerId: param("offer_id"), accept: outcome === "accepted" });
    return { cover_request: wireCoverRequest(wire, await getCover(ctx, requestId)) };
  },
);
