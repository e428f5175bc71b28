import { z } from "zod";
import type { Context } from "#lib/context";
import { apiRoute } from "#lib/http/api-route";
import { wireAction, wireProblem, wireSuggestion } from "#lib/http/wire/problem";
import { one } from "#lib/http/wire/common-schemas";
import { fromOffset, listBody, pagingQuery, readPaging } from "#lib/http/wire/list";
import type { WireContext } from "#lib/http/wire/wire-context";
import { addAction, updateAction } from "#lib/problems/commands/actions";
import { createProblem } from "#lib/problems/commands/create-problem";
import { linkIncident } from "#lib/problems/commands/link-incidents";
import { updateProblem } from "#lib/problems/commands/update-problem";
import { ACTION_STATES, ACTION_TYPES, PROBLEM_STATES, RELATIONS } from "#lib/problems/problem";
import { getProblem } from "#lib/problems/queries/get-problem";
import { listActions } from "#lib/problems/queries/actions";
import { listProblems } from "#lib/problems/queries/problems";
import { listSuggestions } from "#lib/problems/queries/suggestions";

const tag = "Problems";

const ref = z.object({ id: z.string() }).nullish();

const problemBody = z.object({
  title: z.string().optional(),
  state: z.enum(PROBLEM_STATES).optional(),
  cause: z.string().nullish(),
  workaround: z.string().nullish(),
  due_on: z.string().nullish(),
  fixed_at: z.string().nullish(),
  owner: ref,
  service: ref,
  feature: z.string().nullish(),
  incidents: z.array(z.object({ id: z.string() })).optional(),
});

function fieldsOf(body: z.infer<typeof problemBody>) {
  const { title, cause, workaround, due_on, owner } = body;
  return {
    ...(title === undefined ? {} : { title }),
    ...(cause === undefined ? {} : { cause }),
    ...(workaround === undefined ? {} : { workaround }),
    ...(due_on === undefined ? {} : { dueOn: due_on }),
    ...(owner === undefined ? {} : { ownerId: owner?.id ?? null }),
  };
}

export const listWireProblems = apiRoute(
  {
    method: "get",
    path: "/problems",
    summary: "List problems, the costliest first",
    tag,
    query: z.object({ ...pagingQuery, state: one }),
  },
  async ({ ctx, wire, query }) => {
    const paging = readPaging(query);
    const state = PROBLEM_STATES.find((known) => known === query.state) ?? null;
    const isUnknown = Boolean(query.state) && state === null;
    const { problems, total } = isUnknown
      ? { problems: [], total: 0 }
      : await listProblems(ctx, { state }, paging);
    return listBody("problems", fromOffset(problems, total, paging), paging, (problem) =>
      wireProblem(wire, problem),
    );
  },
);

async function answer(ctx: Context, wire: WireContext, id: string) {
  const problem = await getProblem(ctx, id);
  return {
    problem: {
      ...wireProblem(wire, problem),
      cause: problem.cause,
      verification: problem.verification,
      incidents: problem.incidents.map(({ id: incidentId, number, title, relation, via }) => ({
        id: incidentId,
        type: "incident_reference",
        summary: `[#${number}] ${title}`,
        relation,
        via,
      })),
      corrective_actions: problem.actions.map((action) => wireAction(wire, action)),
    },
  };
}

export const getWireProblem = apiRoute(
  { method: "get", path: "/problems/{id}", summary: "Get a problem by its id or number", tag },
  ({ ctx, wire, param }) => answer(ctx, wire, param("id")),
);

export const createWireProblem = apiRoute(
  {
    method: "post",
    path: "/problems",
    summary: "Open a problem",
    tag,
    root: "problem",
    body: problemBody,
    status: 201,
  },
  async ({ ctx, wire, body }) => {
    const { id } = await createProblem(ctx, {
      title: "",
      ...fieldsOf(body),
      serviceId: body.service?.id ?? null,
      feature: body.feature ?? null,
      incidentIds: body.incidents?.map((incident) => incident.id) ?? [],
    });
    return answer(ctx, wire, id);
  },
);

export const updateWireProblem = apiRoute(
  {
    method: "put",
    path: "/problems/{id}",
    summary: "Change a problem, its state included",
    tag,
    root: "problem",
    body: problemBody,
  },
  async ({ ctx, wire, param, body }) => {
    const { id } = await getProblem(ctx, param("id"));
    await updateProblem(ctx, id, {
      ...fieldsOf(body),
      ...(body.state === undefined ? {} : { state: body.state }),
      ...(body.fixed_at === undefined ? {} : { fixedAt: body.fixed_at }),
    });
    return answer(ctx, wire, id);
  },
);

export const linkWireIncident = apiRoute(
  {
    method: "post",
    path: "/problems/{id}/incidents",
    summary: "Put an incident to a problem",
    tag,
    root: "incident",
    body: z.object({ id: z.string(), relation: z.enum(RELATIONS).optional() }),
    status: 201,
  },
  async ({ ctx, wire, param, body }) => {
    const { id } = await getProblem(ctx, param("id"));
    await linkIncident(ctx, id, { incident: body.id, relation: body.relation });
    return answer(ctx, wire, id);
  },
);

export const listWireSuggestions = apiRoute(
  {
    method: "get",
    path: "/problem_suggestions",
    summary: "List kinds of incidents that recur more than before, with their evidence",
    tag,
  },
  async ({ ctx, wire }) => ({
    problem_suggestions: (await listSuggestions(ctx)).map((found) => wireSuggestion(wire, found)),
  }),
);

const actionBody = z.object({
  title: z.string().optional(),
  kind: z.enum(ACTION_TYPES).optional(),
  state: z.enum(ACTION_STATES).optional(),
  due_on: z.string().nullish(),
  ticket_url: z.string().nullish(),
  owner: ref,
  problem: ref,
  review: ref,
});

function actionFieldsOf(body: z.infer<typeof actionBody>) {
  return {
    ...(body.title === undefined ? {} : { title: body.title }),
    ...(body.kind === undefined ? {} : { type: body.kind }),
    ...(body.due_on === undefined ? {} : { dueOn: body.due_on }),
    ...(body.ticket_url === undefined ? {} : { ticketUrl: body.ticket_url }),
    ...(body.owner === undefined ? {} : { ownerId: body.owner?.id ?? null }),
    ...(body.problem === undefined ? {} : { problemId: body.problem?.id ?? null }),
  };
}

async function answerAction(ctx: Context, wire: WireContext, id: string) {
  const { actions } = await listActions(ctx, { id });
  return { corrective_action: actions.map((action) => wireAction(wire, action))[0] };
}

export const listWireActions = apiRoute(
  {
    method: "get",
    path: "/corrective_actions",
    summary: "List corrective actions, the most urgent first",
    tag,
    query: z.object({ ...pagingQuery, open: one }),
  },
  async ({ ctx, wire, query }) => {
    const paging = readPaging(query);
    const { actions, total } = await listActions(
      ctx,
      { show: query.open === "true" ? "open" : "all" },
      paging,
    );
    return listBody("corrective_actions", fromOffset(actions, total, paging), paging, (action) =>
      wireAction(wire, action),
    );
  },
);

export const createWireAction = apiRoute(
  {
    method: "post",
    path: "/corrective_actions",
    summary: "Note a corrective action of a problem, a review, or both",
    tag,
    root: "corrective_action",
    body: actionBody,
    status: 201,
  },
  async ({ ctx, wire, body }) => {
    const { id } = await addAction(ctx, {
      title: "",
      ...actionFieldsOf(body),
      reviewId: body.review?.id ?? null,
    });
    return answerAction(ctx, wire, id);
  },
);

export const updateWireAction = apiRoute(
  {
    method: "put",
    path: "/corrective_actions/{id}",
    summary: "Change a corrective action, its state included",
    tag,
    root: "corrective_action",
    body: actionBody,
  },
  async ({ ctx, wire, param, body }) => {
    const state = body.state === undefined ? {} : { state: body.state };
    await updateAction(ctx, param("id"), { ...actionFieldsOf(body), ...state });
    return answerAction(ctx, wire, param("id"));
  },
);
