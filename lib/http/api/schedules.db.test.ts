import { describe, expect, it } from "vitest";
import { getSchedule } from "#lib/on-call/queries/schedules";
import { publicApi } from "#lib/testing/api";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeSchedule, makeTeam, makeUser, weeklyLayer } from "#lib/testing/factories";

const { db, setTime, moveTime } = await useDatabase();
const { call } = await publicApi(db);
await setTime(new Date("2026-01-05T07:00:00Z"));

const [ann, ben] = [await makeUser(db, { name: "Ann" }), await makeUser(db, { name: "Ben" })];
const reference = (user: { id: string }) => ({ user: { id: user.id, type: "user_reference" } });

const base = {
  name: "Base",
  start: "2026-01-05T00:00:00+01:00",
  rotation_virtual_start: "2026-01-05 08:00:00 +0000 UTC",
  rotation_turn_length_seconds: 604_800,
  users: [reference(ann), reference(ben)],
};

const days = {
  name: "Days",
  start: "2026-01-05T08:00:00Z",
  rotation_virtual_start: "2026-01-05T08:00:00Z",
  rotation_turn_length_seconds: 86_400,
  users: [reference(ben)],
  restrictions: [{ type: "daily_restriction", start_time_of_day: "09:00:00", duration_seconds: 28_800 }],
};

async function create(more: Record<string, unknown> = {}, query = "") {
  const schedule = {
    type: "schedule",
    name: "Primary",
    time_zone: "Europe/Berlin",
    schedule_layers: [base, days],
    ...more,
  };
  const created = await call("POST", `/schedules${query}`, { body: { schedule } });
  expect(created.status).toBe(201);
  return created;
}

describe("schedules", () => {
  it("come back with their layers reversed, in their own zone, empty where no period was asked for", async () => {
    const team = await makeTeam(db);
    const created = await create({ description: null, teams: [{ id: team.id, type: "team_reference" }] });
    expect(created.at("schedule")).toMatchObject({
      type: "schedule",
      name: "Primary",
      time_zone: "Europe/Berlin",
      description: null,
      teams: [{ id: team.id }],
      users: [{ id: ann.id, type: "user_reference" }, { id: ben.id }],
      escalation_policies: [],
      final_schedule: {
        name: "Final Schedule",
        rendered_schedule_entries: [],
        rendered_coverage_percentage: null,
      },
      overrides_subschedule: { name: "Overrides", rendered_schedule_entries: [] },
      schedule_layers: [
        {
          name: "Days",
          restrictions: [
            { type: "daily_restriction", start_time_of_day: "09:00:00", duration_seconds: 28_800 },
          ],
          rotation_turn_length_seconds: 86_400,
        },
        {
          name: "Base",
          end: null,
          rotation_virtual_start: "2026-01-05T09:00:00+01:00",
          rotation_turn_length_seconds: 604_800,
          users: [{ user: { id: ann.id, type: "user_reference" } }, { user: { id: ben.id } }],
          restrictions: [],
          rendered_schedule_entries: [],
          rendered_coverage_percentage: null,
        },
      ],
    });
  });

  it("say who is on call, later layers winning, and clip to the period unless told otherwise", async () => {
    const id = (await create()).text("schedule.id");
    const drawn = await call("GET", `/schedules/${id}?since=2026-01-06&until=2026-01-07`);
    const entries = drawn.at("schedule.final_schedule.rendered_schedule_entries");
    expect(entries).toMatchObject([
      { start: "2026-01-06T01:00:00+01:00", end: "2026-01-06T09:00:00+01:00", user: { id: ann.id } },
      { start: "2026-01-06T09:00:00+01:00", end: "2026-01-06T17:00:00+01:00", user: { id: ben.id } },
      { start: "2026-01-06T17:00:00+01:00", end: "2026-01-07T01:00:00+01:00", user: { id: ann.id } },
    ]);
    expect(drawn.at("schedule.final_schedule.rendered_coverage_percentage")).toBe(100);
    expect(drawn.at("schedule.schedule_layers.0.rendered_coverage_percentage")).toBe(33.33);
    const whole = await call(
      "GET",
      `/schedules/${id}?since=2026-01-06T05:00Z&until=2026-01-06T06:00Z&overflow=true&time_zone=UTC`,
    );
    expect(whole.at("schedule.final_schedule.rendered_schedule_entries.0")).toMatchObject({
      start: "2026-01-05T16:00:00Z",
      end: "2026-01-06T08:00:00Z",
    });
    expect((await call("GET", `/schedules/${id}?since=2026-01-01&until=2026-06-01`)).at("error.code")).toBe(
      2004,
    );
    const users = await call("GET", `/schedules/${id}/users?since=2026-01-06&until=2026-01-07`);
    expect(users.at("users")).toMatchObject([{ id: ann.id, type: "user", email: ann.email }, { id: ben.id }]);
  });

  it("keep layers that an update doesn't mention, end those it ends, and keep the rotation it states", async () => {
    const created = await create();
    const id = created.text("schedule.id");
    const layerId = created.text("schedule.schedule_layers.1.id");
    const swapped = { ...base, id: layerId, users: [reference(ben), reference(ann)], end: null };
    const changed = await call("PUT", `/schedules/${id}`, {
      body: { schedule: { name: "Renamed", schedule_layers: [swapped] } },
    });
    expect(changed.at("schedule")).toMatchObject({ name: "Renamed", time_zone: "Europe/Berlin" });
    expect(changed.at("schedule.schedule_layers")).toMatchObject([
      {
        id: layerId,
        name: "Base",
        rotation_virtual_start: "2026-01-05T09:00:00+01:00",
        users: [{ user: { id: ben.id } }, { user: { id: ann.id } }],
      },
      { name: "Days" },
    ]);
    await moveTime({ days: 1 });
    const ended = { ...swapped, end: "2026-01-06 08:30:00 +0000 UTC" };
    const closed = await call("PUT", `/schedules/${id}`, {
      body: { schedule: { schedule_layers: [ended] } },
    });
    expect(closed.at("schedule.schedule_layers.0.end")).toBe("2026-01-06T09:30:00+01:00");
  });

  it("come back unchanged when sent again", async () => {
    const created = await create();
    const id = created.text("schedule.id");
    const got = (await call("GET", `/schedules/${id}`)).at("schedule") as { schedule_layers: unknown[] };
    const again = { ...got, schedule_layers: got.schedule_layers.toReversed() };
    const put = await call("PUT", `/schedules/${id}`, { body: { schedule: again } });
    expect(put.at("schedule")).toEqual(got);
  });

  it("keep what this API can't say when they come back: groups, turns that nobody has, months", async () => {
    const rotation = {
      virtualStart: "2026-01-01T09:00",
      unit: "month",
      length: 1,
      advance: "worked",
    } as const;
    const layer = weeklyLayer([], { turns: [[ann.id, ben.id], [ben.id], []], rotation, together: true });
    const { id } = await makeSchedule(db, { definition: { timeZone: "Europe/Berlin", layers: [layer] } });
    const schedule = (await call("GET", `/schedules/${id}`)).at("schedule") as Record<string, unknown>;
    await call("PUT", `/schedules/${id}`, { body: { schedule: { ...schedule, name: "Renamed" } } });
    const kept = await getSchedule(actAs(db), id);
    expect(kept).toMatchObject({
      name: "Renamed",
      layers: [{ rotation, turns: layer.turns, together: true }],
    });
    const stated = { ...(schedule.schedule_layers as object[])[0], users: [reference(ben), reference(ann)] };
    await call("PUT", `/schedules/${id}`, { body: { schedule: { schedule_layers: [stated] } } });
    expect((await getSchedule(actAs(db), id)).layers[0]).toMatchObject({
      turns: [[ben.id], [ann.id]],
      rotation,
    });
  });

  it("take hours on each member's own clocks, and keep them where they aren't mentioned", async () => {
    const hours = { type: "daily_restriction", start_time_of_day: "09:00:00", duration_seconds: 8 * 3600 };
    const schedule_layers = [{ ...base, member_restrictions: [hours] }];
    const body = { schedule: { type: "schedule", name: "Own hours", time_zone: "Etc/UTC", schedule_layers } };
    const made = await call("POST", "/schedules", { body });
    expect(made.at("schedule.schedule_layers.0.member_restrictions")).toEqual([hours]);
    const { member_restrictions: _own, ...unmentioned } = (
      made.at("schedule.schedule_layers") as object[]
    )[0] as {
      member_restrictions: unknown;
    };
    const again = await call("PUT", `/schedules/${made.text("schedule.id")}`, {
      body: { schedule: { schedule_layers: [unmentioned] } },
    });
    expect(again.at("schedule.schedule_layers.0.member_restrictions")).toEqual([hours]);
  });

  it("are drawn without being saved", async () => {
    const body = { schedule: { name: "Draft", time_zone: "Europe/Berlin", schedule_layers: [base] } };
    const preview = await call("POST", "/schedules/preview?since=2026-01-12T12:00Z&until=2026-01-13T12:00Z", {
      body,
    });
    expect(preview.status).toBe(200);
    expect(preview.at("schedule.final_schedule.rendered_schedule_entries")).toMatchObject([
      { user: { id: ben.id, summary: "Ben" } },
    ]);
    expect(preview.at("schedule.schedule_layers.0")).toMatchObject({
      name: "Base",
      rendered_coverage_percentage: 100,
    });
    expect((await call("GET", "/schedules?query=Draft")).at("schedules")).toEqual([]);
  });

  it("refuse what can't be, and stay while a policy uses them", async () => {
    const bad = { schedule: { name: "Bad", time_zone: "Mars/Olympus", schedule_layers: [] } };
    expect((await call("POST", "/schedules", { body: bad })).status).toBe(400);
    const nobody = {
      schedule: {
        name: "Bad",
        time_zone: "UTC",
        schedule_layers: [{ ...base, users: [{ user: { id: "QNOBODY" } }] }],
      },
    };
    expect((await call("POST", "/schedules", { body: nobody })).status).toBe(400);
    const id = (await create()).text("schedule.id");
    await makePolicy(db, { levels: [{ targets: [{ type: "schedule", id }] }] });
    const refused = await call("DELETE", `/schedules/${id}`);
    expect(refused.status).toBe(400);
    expect(refused.at("error.errors")).toEqual([
      "Schedule can't be deleted if it's being used by escalation policies",
    ]);
    const free = (await create()).text("schedule.id");
    expect((await call("DELETE", `/schedules/${free}`)).status).toBe(204);
    expect((await call("GET", `/schedules/${free}`)).status).toBe(404);
  });
});

describe("overrides", () => {
  it("are judged one by one, listed within a period, and removed", async () => {
    const id = (await create()).text("schedule.id");
    const path = `/schedules/${id}/overrides`;
    const fine = {
      start: "2026-02-02T00:00:00Z",
      end: "2026-02-03T00:00:00Z",
      user: { id: ben.id, type: "user_reference" },
    };
    const backwards = { ...fine, start: fine.end, end: fine.start };
    const created = await call("POST", path, { body: { overrides: [fine, backwards] } });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject([
      {
        status: 201,
        override: {
          start: "2026-02-02T01:00:00+01:00",
          end: "2026-02-03T01:00:00+01:00",
          user: { id: ben.id, type: "user_reference" },
        },
      },
      { status: 400, errors: ["Override must end after its start"], override: { user: { id: ben.id } } },
    ]);
    const legacy = await call("POST", path, {
      body: { override: { ...fine, start: "2026-02-10T00:00:00Z", end: "2026-02-11T00:00:00Z" } },
    });
    expect(legacy.at("override.id")).toBeTypeOf("string");
    expect((await call("POST", path, { body: { override: backwards } })).status).toBe(400);
    expect((await call("GET", path)).at("error.code")).toBe(2004);
    const listed = await call("GET", `${path}?since=2026-02-02T12:00Z&until=2026-02-04&time_zone=UTC`);
    expect(listed.body).toMatchObject({
      overrides: [{ start: "2026-02-02T12:00:00Z", end: "2026-02-03T00:00:00Z", user: { id: ben.id } }],
    });
    const whole = await call(
      "GET",
      `${path}?since=2026-02-02T12:00Z&until=2026-02-04&time_zone=UTC&overflow=true`,
    );
    expect(whole.at("overrides.0.start")).toBe("2026-02-02T00:00:00Z");
    const drawn = await call("GET", `/schedules/${id}?since=2026-02-02&until=2026-02-03`);
    expect(drawn.at("schedule.overrides_subschedule.rendered_schedule_entries")).toMatchObject([
      { user: { id: ben.id } },
    ]);
    expect((await call("DELETE", `${path}/${whole.text("overrides.0.id")}`)).status).toBe(204);
    expect((await call("GET", `${path}?since=2026-02-02&until=2026-02-04`)).at("overrides")).toEqual([]);
    expect((await call("DELETE", `${path}/QNO`)).status).toBe(404);
  });
});

describe("on-calls", () => {
  it("tell who is on call for which policy, directly and by schedule", async () => {
    const schedule = await makeSchedule(db, { userIds: [ann.id, ben.id] });
    const policy = await makePolicy(db, {
      levels: [
        { targets: [{ type: "schedule", id: schedule.id }] },
        { targets: [{ type: "user", id: ben.id }] },
      ],
    });
    const filter = `escalation_policy_ids[]=${policy.id}`;
    const now = await call("GET", `/oncalls?${filter}`);
    expect(now.body).toMatchObject({ limit: 25, offset: 0, more: false });
    expect(now.at("oncalls")).toMatchObject([
      {
        escalation_policy: { id: policy.id },
        escalation_level: 1,
        schedule: { id: schedule.id, type: "schedule_reference" },
      },
      { escalation_level: 2, schedule: null, user: { id: ben.id }, start: null, end: null },
    ]);
    expect(now.text("oncalls.0.start")).toMatch(/T09:00:00Z$/);
    const period = await call(
      "GET",
      `/oncalls?${filter}&since=2026-01-12T10:00Z&until=2026-01-26T08:00Z&schedule_ids[]=${schedule.id}`,
    );
    expect(period.at("oncalls")).toHaveLength(2);
    expect(
      (await call("GET", `/oncalls?${filter}&since=2026-01-12&until=2026-03-12&earliest=true`)).at("oncalls"),
    ).toHaveLength(3);
    const mine = await call(
      "GET",
      `/oncalls?${filter}&user_ids[]=${ben.id}&include[]=users&include[]=schedules&include[]=escalation_policies`,
    );
    expect(mine.at("oncalls.0")).toMatchObject({
      user: { type: "user", email: ben.email },
      escalation_policy: { type: "escalation_policy" },
    });
    expect((await call("GET", "/oncalls?since=2026-01-01&until=2026-12-01")).status).toBe(400);
    expect((await call("GET", `/oncalls?${filter}&limit=1`)).body).toMatchObject({ limit: 1, more: true });
  });
});
