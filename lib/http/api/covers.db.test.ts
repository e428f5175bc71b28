import { describe, expect, it } from "vitest";
import { publicApi } from "#lib/testing/api";
import { useDatabase } from "#lib/testing/database";
import { makeSchedule, makeUser } from "#lib/testing/factories";

const { db, setTime } = await useDatabase();
const { call, makeKey } = await publicApi(db);
await setTime(new Date("2026-01-05T07:00:00Z"));

const [ann, ben, cho] = [
  await makeUser(db, { name: "Ann" }),
  await makeUser(db, { name: "Ben" }),
  await makeUser(db, { name: "Cho" }),
];
const keys = new Map<string, string>();
for (const { id } of [ann, ben, cho]) keys.set(id, await makeKey({ userId: id }));
const as = (user: { id: string }, method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown) =>
  call(method, path, { key: keys.get(user.id) ?? "", ...(body === undefined ? {} : { body }) });

/** Ann has all of it; Ben and Cho stand in it. */
async function makeRota() {
  const layer = (id: string, userId: string) => ({
    id,
    name: id,
    startsAt: new Date("2026-01-01T00:00:00Z"),
    endsAt: null,
    rotation: {
      virtualStart: "2026-01-01T00:00",
      unit: "day" as const,
      length: 1,
      advance: "clock" as const,
    },
    turns: [[userId]],
    restrictions: [],
    together: false,
  });
  return makeSchedule(db, {
    timeZone: "Etc/UTC",
    definition: {
      timeZone: "Etc/UTC",
      layers: [
        layer("LBEN0000000001", ben.id),
        layer("LCHO0000000001", cho.id),
        layer("LANN0000000001", ann.id),
      ],
    },
  });
}

const shift = { start: "2026-01-06T08:00:00Z", end: "2026-01-06T20:00:00Z" };

async function onCall(scheduleId: string, at: string): Promise<unknown> {
  const until = new Date(Date.parse(at) + 1000).toISOString();
  const answer = await call("GET", `/schedules/${scheduleId}/users?since=${at}&until=${until}`);
  return answer.at("users.0.id");
}

describe("requests for cover", () => {
  it("are asked for, offered in part, accepted, and then in force", async () => {
    const { id: scheduleId } = await makeRota();
    const asked = await as(ann, "POST", `/schedules/${scheduleId}/cover_requests`, {
      cover_request: { ...shift, message: "Moving house" },
    });
    expect(asked.status).toBe(201);
    expect(asked.at("cover_request")).toMatchObject({
      type: "cover_request",
      state: "open",
      requester: { id: ann.id },
      asked_user: null,
      in_return: null,
      message: "Moving house",
      open: [shift],
    });
    const id = asked.text("cover_request.id");
    const listed = await call("GET", `/schedules/${scheduleId}/cover_requests`);
    expect(listed.at("cover_requests.0.id")).toBe(id);

    const part = { start: "2026-01-06T12:00:00Z", end: "2026-01-06T20:00:00Z" };
    const offered = await as(ben, "POST", `/cover_requests/${id}/offers`, { cover_offer: part });
    expect([offered.status, offered.at("outcome")]).toEqual([201, "waiting"]);
    const offerId = offered.text("cover_request.offers.0.id");
    expect(
      (await as(ben, "PUT", `/cover_requests/${id}/offers/${offerId}`, { outcome: "accepted" })).status,
    ).toBe(403);
    const decided = await as(ann, "PUT", `/cover_requests/${id}/offers/${offerId}`, { outcome: "accepted" });
    expect(decided.at("cover_request.open")).toEqual([{ start: shift.start, end: part.start }]);
    expect(await onCall(scheduleId, "2026-01-06T13:00:00Z")).toBe(ben.id);
    expect(await onCall(scheduleId, "2026-01-06T09:00:00Z")).toBe(ann.id);

    const taken = await as(cho, "POST", `/cover_requests/${id}/offers`);
    expect(taken.at("outcome")).toBe("taken");
    expect(await onCall(scheduleId, "2026-01-06T09:00:00Z")).toBe(cho.id);
    const late = await as(ben, "POST", `/cover_requests/${id}/offers`);
    expect(JSON.stringify(late.body)).toContain("not open any more");
  });

  it("are withdrawn by whoever asked", async () => {
    const { id: scheduleId } = await makeRota();
    const path = `/schedules/${scheduleId}/cover_requests`;
    const id = (await as(ann, "POST", path, { cover_request: shift })).text("cover_request.id");
    expect((await as(ann, "DELETE", `/cover_requests/${id}`)).status).toBe(204);
    expect((await call("GET", path)).at("cover_requests")).toEqual([]);
    expect((await call("GET", `/cover_requests/${id}`)).status).toBe(404);
  });

  it("with a shift in return are swaps: both are in force at once", async () => {
    const ours = await makeSchedule(db, {
      timeZone: "Etc/UTC",
      definition: {
        timeZone: "Etc/UTC",
        layers: [
          {
            id: "LDAYS000000001",
            name: "Days",
            startsAt: new Date("2026-01-05T00:00:00Z"),
            endsAt: null,
            rotation: { virtualStart: "2026-01-05T00:00", unit: "day", length: 1, advance: "clock" },
            turns: [[ann.id], [ben.id]],
            restrictions: [],
            together: false,
          },
        ],
      },
    });
    const day = (date: string, next: string) => ({ start: `${date}T00:00:00Z`, end: `${next}T00:00:00Z` });
    const asked = await as(ann, "POST", `/schedules/${ours.id}/cover_requests`, {
      cover_request: {
        ...day("2026-01-07", "2026-01-08"),
        asked_user: { id: ben.id, type: "user_reference" },
        in_return: day("2026-01-08", "2026-01-09"),
      },
    });
    expect(asked.at("cover_request.in_return")).toEqual(day("2026-01-08", "2026-01-09"));
    await as(ben, "POST", `/cover_requests/${asked.text("cover_request.id")}/offers`);
    expect(await onCall(ours.id, "2026-01-07T12:00:00Z")).toBe(ben.id);
    expect(await onCall(ours.id, "2026-01-08T12:00:00Z")).toBe(ann.id);
  });

  it("name the field at fault", async () => {
    const { id } = await makeRota();
    const wrong = await as(ann, "POST", `/schedules/${id}/cover_requests`, {
      cover_request: { start: shift.end, end: shift.start },
    });
    expect(wrong.status).toBe(400);
    const half = await as(ben, "POST", "/cover_requests/QNONE/offers", {
      cover_offer: { start: shift.start },
    });
    expect([half.status, JSON.stringify(half.body)]).toEqual([
      400,
      expect.stringContaining("End is needed with the other"),
    ]);
    const nobody = await call("POST", `/schedules/${id}/cover_requests`, { body: { cover_request: shift } });
    expect(nobody.at("error.code")).toBe(1008);
  });
});

describe("shadows", () => {
  it("are added, listed and removed", async () => {
    const { id: scheduleId } = await makeRota();
    const path = `/schedules/${scheduleId}/shadows`;
    const added = await call("POST", path, {
      body: { shadow: { user: { id: cho.id }, follows: { id: ann.id }, ...shift, notify: true } },
    });
    expect(added.status).toBe(201);
    expect(added.at("shadow")).toMatchObject({
      user: { id: cho.id },
      follows: { id: ann.id },
      notify: true,
      ...shift,
    });
    expect(await onCall(scheduleId, "2026-01-06T09:00:00Z")).toBe(ann.id);
    const id = added.text("shadow.id");
    expect((await call("GET", path)).at("shadows.0.id")).toBe(id);
    expect((await call("DELETE", `${path}/${id}`)).status).toBe(204);
    expect((await call("GET", path)).at("shadows")).toEqual([]);
  });
});

describe("time off", () => {
  it("is noted, listed and taken away, by the person and by those who may configure", async () => {
    const path = `/users/${ann.id}/time_off`;
    const days = { first_day: "2026-01-10", last_day: "2026-01-11", note: "Skiing" };
    const added = await as(ann, "POST", path, { time_off: days });
    expect(added.status).toBe(201);
    expect(added.at("time_off")).toMatchObject({ type: "time_off", note: "Skiing", from_calendar: false });
    expect((await call("GET", path)).at("time_off.0.id")).toBe(added.at("time_off.id"));
    expect((await as(ben, "GET", path)).status).toBe(403);
    expect((await as(ben, "DELETE", `${path}/${added.text("time_off.id")}`)).status).toBe(403);
    expect((await as(ann, "DELETE", `${path}/${added.text("time_off.id")}`)).status).toBe(204);
    expect((await as(ann, "DELETE", `${path}/${added.text("time_off.id")}`)).status).toBe(404);
  });

  it("refuses days that are over or the wrong way round", async () => {
    const path = `/users/${ann.id}/time_off`;
    for (const days of [
      { first_day: "2026-01-11", last_day: "2026-01-10" },
      { first_day: "2025-01-10", last_day: "2025-01-11" },
      { first_day: "soon", last_day: "later" },
    ]) {
      expect((await as(ann, "POST", path, { time_off: days })).status).toBe(400);
    }
  });
});
