import { describe, expect, it } from "vitest";
import { alerts } from "#db/schema/events";
import { newId } from "#lib/ids";
import { publicApi } from "#lib/testing/api";
import { useDatabase } from "#lib/testing/database";
import { makeIntegration, makePolicy, makeService, makeTeam, makeUser } from "#lib/testing/factories";

const { db, sql, now, moveTime } = await useDatabase();
const { call: callAny, makeKey } = await publicApi(db);

const [ann, ben] = [await makeUser(db, { name: "Ann" }), await makeUser(db, { name: "Ben" })];
const key = await makeKey({ userId: ann.id });
const call: typeof callAny = (method, target, options) => callAny(method, target, { key, ...options });

const team = await makeTeam(db, { members: [{ userId: ann.id }] });
const policy = await makePolicy(db, {
  teamId: team.id,
  levels: [{ targets: [{ type: "user", id: ben.id }] }, { targets: [{ type: "user", id: ann.id }] }],
});
const service = await makeService(db, { escalationPolicyId: policy.id, teamId: team.id });

async function open(more: Record<string, unknown> = {}) {
  const incident = {
    type: "incident",
    title: "Checkout is down",
    service: { id: service.id, type: "service_reference" },
    ...more,
  };
  const created = await call("POST", "/incidents", { body: { incident } });
  expect(created.status).toBe(201);
  return created;
}

const put = (id: string, change: Record<string, unknown>, options = {}) =>
  call("PUT", `/incidents/${id}`, {
    body: { incident: { type: "incident_reference", ...change } },
    ...options,
  });

describe("creating", () => {
  it("pages the policy and answers the whole incident", async () => {
    const created = await open({
      urgency: "high",
      body: { type: "incident_body", details: "No orders since 12:00" },
      priority: { id: "P0000000000001", type: "priority_reference" },
    });
    const number = created.at("incident.incident_number");
    expect(created.at("incident")).toMatchObject({
      type: "incident",
      summary: `[#${String(number)}] Checkout is down`,
      html_url: `http://localhost:3000/incidents/${String(number)}`,
      title: "Checkout is down",
      description: "Checkout is down",
      status: "triggered",
      urgency: "high",
      assigned_via: "escalation_policy",
      service: { id: service.id, type: "service_reference" },
      assignments: [{ assignee: { id: ben.id, type: "user_reference" } }],
      acknowledgements: [],
      escalation_policy: { id: policy.id, type: "escalation_policy_reference" },
      teams: [{ id: team.id }],
      priority: { type: "priority", name: "P1" },
      alert_counts: { all: 0, triggered: 0, resolved: 0 },
      last_status_change_by: { id: ann.id },
      resolve_reason: null,
      resolved_at: null,
      body: { type: "incident_body", details: "No orders since 12:00" },
    });
    expect(created.text("incident.created_at")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(created.at("incident.pending_actions")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: "escalate" }),
        expect.objectContaining({ type: "resolve" }),
      ]),
    );
    expect(created.at("incident.first_trigger_log_entry")).toMatchObject({
      type: "trigger_log_entry_reference",
    });
  });

  it("for oneself is born acknowledged", async () => {
    const created = await open({ assignments: [{ assignee: { id: ann.id, type: "user_reference" } }] });
    expect(created.at("incident")).toMatchObject({
      status: "acknowledged",
      acknowledgements: [{ acknowledger: { id: ann.id } }],
    });
  });

  it("refuses in the public API's words", async () => {
    await open({ incident_key: "disk" });
    const post = (incident: Record<string, unknown>) =>
      call("POST", "/incidents", {
        body: { incident: { title: "T", service: { id: service.id }, ...incident } },
      });
    const twice = await post({ incident_key: "disk" });
    expect(twice.status).toBe(400);
    expect(twice.at("error")).toMatchObject({
      code: 2001,
      errors: ["Open incident with matching dedup key already exists on this service"],
    });
    expect((await post({ title: "" })).at("error.errors")).toEqual(["Title can't be blank"]);
    expect((await post({ service: { id: "QNO" } })).at("error.code")).toBe(5002);
    expect((await post({ priority: { id: "PNO" } })).at("error")).toMatchObject({
      code: 1020,
      message: "Invalid Priority",
    });
    expect((await post({ assignments: [{ assignee: { id: "QNO" } }] })).at("error")).toMatchObject({
      code: 1007,
      message: "Assigned To User Not Found",
    });
    expect(
      (await post({ assignments: [{ assignee: { id: ann.id } }], escalation_policy: { id: policy.id } }))
        .status,
    ).toBe(400);
  });
});

describe("changing", () => {
  it("acknowledges, gives back, resolves, and then refuses", async () => {
    const id = (await open()).text("incident.id");
    const acknowledged = await put(id, { status: "acknowledged" });
    expect(acknowledged.at("incident")).toMatchObject({
      status: "acknowledged",
      acknowledgements: [{ acknowledger: { id: ann.id } }],
      assignments: [{ assignee: { id: ann.id } }],
      pending_actions: expect.arrayContaining([expect.objectContaining({ type: "unacknowledge" })]),
    });
    expect((await put(id, { status: "acknowledged" })).status).toBe(200);
    expect((await put(id, { status: "triggered" })).at("incident.status")).toBe("triggered");
    const resolved = await put(id, { status: "resolved", resolution: "Restarted" });
    expect(resolved.at("incident")).toMatchObject({
      status: "resolved",
      assignments: [],
      pending_actions: [],
    });
    expect(resolved.text("incident.resolved_at")).toMatch(/Z$/);
    const refused = await put(id, { status: "acknowledged" });
    expect(refused.status).toBe(400);
    expect(refused.at("error")).toMatchObject({ code: 1001, message: "Incident Already Resolved" });
    expect((await put(id, { status: "closed" })).at("error")).toMatchObject({
      code: 1003,
      message: "Invalid Status Provided",
    });
  });

  it("reassigns, delegates, escalates and edits", async () => {
    const id = (await open()).text("incident.id");
    const direct = await put(id, { assignments: [{ assignee: { id: ann.id, type: "user_reference" } }] });
    expect(direct.at("incident")).toMatchObject({
      assigned_via: "direct_assignment",
      assignments: [{ assignee: { id: ann.id } }],
    });
    const delegated = await put(id, {
      escalation_policy: { id: policy.id, type: "escalation_policy_reference" },
    });
    expect(delegated.at("incident")).toMatchObject({
      assigned_via: "escalation_policy",
      assignments: [{ assignee: { id: ben.id } }],
    });
    expect((await put(id, { escalation_level: 2 })).at("incident.assignments.0.assignee.id")).toBe(ann.id);
    expect((await put(id, { escalation_level: 9 })).at("error.code")).toBe(1006);
    const edited = await put(id, { title: "Renamed", priority: { id: "P0000000000002" }, urgency: "low" });
    expect(edited.at("incident")).toMatchObject({
      title: "Renamed",
      urgency: "low",
      priority: { name: "P2" },
    });
    expect((await put(id, { priority: null })).at("incident.priority")).toBeNull();
    const other = await makeService(db);
    expect((await put(id, { service: { id: other.id } })).at("incident.service.id")).toBe(other.id);
  });

  it("takes many at once, all or none, and 250 at most", async () => {
    const ids = [(await open()).text("incident.id"), (await open()).text("incident.id")];
    const bulk = (list: string[], status: string) =>
      call("PUT", "/incidents", {
        body: { incidents: list.map((id) => ({ id, type: "incident_reference", status })) },
      });
    const acknowledged = await bulk(ids, "acknowledged");
    expect(acknowledged.at("incidents")).toMatchObject(ids.map((id) => ({ id, status: "acknowledged" })));
    await put(ids[1] ?? "", { status: "resolved" });
    const refused = await bulk(ids, "resolved");
    expect(refused.at("error.code")).toBe(1001);
    expect((await call("GET", `/incidents/${ids[0]}`)).at("incident.status")).toBe("acknowledged");
    const tooMany = await bulk(
      Array.from({ length: 251 }, () => newId()),
      "resolved",
    );
    expect(tooMany.status).toBe(413);
    expect((await bulk(["QNO"], "resolved")).status).toBe(404);
  });

  it("snoozes for as long as was asked, and no other time", async () => {
    const id = (await open()).text("incident.id");
    const from = await now();
    const snoozed = await call("POST", `/incidents/${id}/snooze`, { body: { duration: 3600 } });
    expect(snoozed.status).toBe(201);
    expect(snoozed.at("incident.status")).toBe("acknowledged");
    const pending = snoozed.at("incident.pending_actions") as { type: string; at: string }[];
    const at = Date.parse(pending.find(({ type }) => type === "unacknowledge")?.at ?? "");
    expect(Math.abs(at - from.getTime() - 3_600_000)).toBeLessThan(5000);
    for (const duration of [0, 604_801, 1.5]) {
      expect((await call("POST", `/incidents/${id}/snooze`, { body: { duration } })).at("error.code")).toBe(
        1013,
      );
    }
    await put(id, { status: "resolved" });
    expect((await call("POST", `/incidents/${id}/snooze`, { body: { duration: 60 } })).at("error.code")).toBe(
      1001,
    );
  });

  it("merges others into it", async () => {
    const [target, source] = [(await open()).text("incident.id"), (await open()).text("incident.id")];
    const merged = await call("PUT", `/incidents/${target}/merge`, {
      body: { source_incidents: [{ id: source, type: "incident_reference" }] },
    });
    expect(merged.at("incident")).toMatchObject({ id: target, status: "triggered" });
    const gone = await call("GET", `/incidents/${source}`);
    expect(gone.at("incident")).toMatchObject({
      status: "resolved",
      resolve_reason: { type: "merge_resolve_reason", incident: { id: target, type: "incident_reference" } },
    });
  });

  it("is refused to those who may only look", async () => {
    const observer = await makeKey({ userId: (await makeUser(db, { role: "observer" })).id });
    const id = (await open()).text("incident.id");
    const refused = await put(id, { status: "acknowledged" }, { key: observer });
    expect(refused.status).toBe(403);
    expect(refused.at("error.message")).toBe("Access Denied");
  });
});

describe("listing", () => {
  it("filters, sorts and expands", async () => {
    const [mine, theirs] = [await makeService(db, { escalationPolicyId: policy.id }), await makeService(db)];
    const first = (await open({ service: { id: mine.id }, title: "First" })).text("incident.id");
    const second = (await open({ service: { id: mine.id }, title: "Second", urgency: "low" })).text(
      "incident.id",
    );
    await open({ service: { id: theirs.id } });
    const list = async (query: string) => {
      const answer = await call("GET", `/incidents?service_ids[]=${mine.id}&${query}`);
      return (answer.at("incidents") as { id: string }[]).map(({ id }) => id);
    };
    expect(await list("")).toEqual([first, second]);
    expect(await list("sort_by=incident_number:desc")).toEqual([second, first]);
    expect(await list("urgencies[]=low")).toEqual([second]);
    await put(first, { status: "acknowledged" });
    expect(await list("statuses[]=acknowledged")).toEqual([first]);
    expect(await list("statuses[]=acknowledged&statuses[]=triggered&sort_by=created_at")).toEqual([
      first,
      second,
    ]);
    expect(await list(`user_ids[]=${ann.id}`)).toEqual([first]);
    expect(await list(`until=2020-01-01`)).toEqual([]);
    expect(await list(`since=2020-01-01T00:00:00%2B0000&until=2100-01-01`)).toEqual([first, second]);
    const expanded = await call(
      "GET",
      `/incidents?service_ids[]=${mine.id}&include[]=assignees&include[]=services&include[]=first_trigger_log_entries&include[]=escalation_policies`,
    );
    expect(expanded.at("incidents.0")).toMatchObject({
      assignments: [{ assignee: { type: "user", email: ann.email } }],
      service: { type: "service", name: mine.name },
      escalation_policy: { type: "escalation_policy", num_loops: 0 },
      first_trigger_log_entry: { type: "trigger_log_entry", agent: { id: ann.id } },
    });
    for (const wrong of [
      "statuses[]=gone",
      "urgencies[]=x",
      "since=yesterday",
      "sort_by=title",
      "since=2026-02-01&until=2026-01-01",
      "time_zone=Mars/Olympus",
    ]) {
      expect((await call("GET", `/incidents?${wrong}`)).status).toBe(400);
    }
  });

  it("tells time in the zone asked for", async () => {
    const id = (await open()).text("incident.id");
    await sql`update incidents set created_at = '2026-07-01T10:00:00.750Z' where id = ${id}`;
    const at = async (zone: string) =>
      (await call("GET", `/incidents/${id}?time_zone=${encodeURIComponent(zone)}`)).at("incident.created_at");
    expect(await at("")).toBe("2026-07-01T10:00:00Z");
    expect(await at("Europe/Berlin")).toBe("2026-07-01T12:00:00+02:00");
    expect(await at("Eastern Time (US & Canada)")).toBe("2026-07-01T06:00:00-04:00");
    expect(await at("Asia/Kolkata")).toBe("2026-07-01T15:30:00+05:30");
    expect(await at("UTC")).toBe("2026-07-01T10:00:00Z");
  });

  it("leaves out what was closed long ago unless asked, and never what is open", async () => {
    const quiet = await makeService(db, { escalationPolicyId: policy.id });
    const [old, stuck] = [
      (await open({ service: { id: quiet.id } })).text("incident.id"),
      (await open({ service: { id: quiet.id } })).text("incident.id"),
    ];
    await put(old, { status: "resolved" });
    await moveTime({ days: 40 });
    const ids = async (query: string) =>
      (
        (await call("GET", `/incidents?service_ids[]=${quiet.id}${query}`)).at("incidents") as {
          id: string;
        }[]
      ).map(({ id }) => id);
    expect(await ids("")).toEqual([stuck]);
    expect(await ids("&date_range=all")).toEqual([old, stuck]);
  });

  it("finds one by its number", async () => {
    const created = await open();
    const found = await call("GET", `/incidents/${String(created.at("incident.incident_number"))}`);
    expect(found.at("incident.id")).toBe(created.at("incident.id"));
  });
});

describe("notes and log entries", () => {
  it("come back in the order they were written", async () => {
    const id = (await open()).text("incident.id");
    const written = await call("POST", `/incidents/${id}/notes`, { body: { note: { content: " First " } } });
    expect(written.status).toBe(201);
    expect(written.at("note")).toMatchObject({
      content: "First",
      user: { id: ann.id, type: "user_reference" },
    });
    await moveTime({ seconds: 1 });
    await call("POST", `/incidents/${id}/notes`, { body: { content: "Second" } });
    expect((await call("GET", `/incidents/${id}/notes`)).body).toMatchObject({
      notes: [{ content: "First" }, { content: "Second" }],
    });
    expect((await call("POST", `/incidents/${id}/notes`, { body: { note: { content: " " } } })).status).toBe(
      400,
    );

    const entries = await call("GET", `/incidents/${id}/log_entries?total=true&include[]=incidents`);
    const types = (entries.at("log_entries") as { type: string }[]).map(({ type }) => type);
    expect(types[0]).toBe("annotate_log_entry");
    expect(types).toEqual(expect.arrayContaining(["trigger_log_entry", "assign_log_entry"]));
    expect(entries.at("log_entries.0")).toMatchObject({
      channel: { type: "note", summary: "Second" },
      incident: { id, type: "incident" },
      service: { id: service.id },
      teams: [{ id: team.id }],
    });
    const overview = await call("GET", `/incidents/${id}/log_entries?is_overview=true`);
    expect((overview.at("log_entries") as { type: string }[]).map(({ type }) => type)).not.toContain(
      "annotate_log_entry",
    );
    const single = await call("GET", `/log_entries/${entries.text("log_entries.0.id")}`);
    expect(single.at("log_entry.id")).toBe(entries.at("log_entries.0.id"));
    expect((await call("GET", `/log_entries?team_ids[]=${team.id}&limit=1`)).body).toMatchObject({
      limit: 1,
      more: true,
    });
  });
});

describe("alerts", () => {
  async function makeAlert(incidentId: string, dedupKey: string) {
    const integration = await makeIntegration(db, { serviceId: service.id });
    const at = await now();
    const [row] = await db
      .insert(alerts)
      .values({
        id: newId(),
        serviceId: service.id,
        integrationId: integration.id,
        incidentId,
        dedupKey,
        status: "triggered",
        severity: "critical",
        summary: "Disk full",
        source: "db-1",
        component: "postgres",
        customDetails: { free: 0 },
        links: [{ href: "https://example.com", text: "Graph" }],
        client: "Prometheus",
        startedAt: at,
        lastSeenAt: at,
        createdAt: at,
      })
      .returning();
    return row?.id ?? "";
  }

  it("show their event, and resolve the incident with the last of them", async () => {
    const id = (await open()).text("incident.id");
    const [one, two] = [await makeAlert(id, "a"), await makeAlert(id, "b")];
    const list = await call("GET", `/incidents/${id}/alerts?total=true`);
    expect(list.body).toMatchObject({ total: 2, more: false, alerts: [{ id: one }, { id: two }] });
    expect(list.at("alerts.0")).toMatchObject({
      type: "alert",
      status: "triggered",
      alert_key: "a",
      severity: "critical",
      suppressed: false,
      incident: { id, type: "incident_reference" },
      body: {
        type: "alert_body",
        contexts: [{ type: "link", href: "https://example.com", text: "Graph" }],
        details: { free: 0 },
        cef_details: {
          client: "Prometheus",
          severity: "critical",
          source_origin: "db-1",
          source_component: "postgres",
          dedup_key: "a",
        },
      },
    });
    expect((await call("GET", `/incidents/${id}/alerts?alert_key=b`)).at("alerts")).toHaveLength(1);
    const first = await call("PUT", `/incidents/${id}/alerts/${one}`, {
      body: { alert: { type: "alert", status: "resolved" } },
    });
    expect(first.at("alert.status")).toBe("resolved");
    expect((await call("GET", `/incidents/${id}`)).at("incident")).toMatchObject({
      status: "triggered",
      alert_counts: { all: 2, triggered: 1, resolved: 1 },
    });
    const last = await call("PUT", `/incidents/${id}/alerts`, {
      body: { alerts: [{ id: two, type: "alert", status: "resolved" }] },
    });
    expect(last.at("alerts.0.status")).toBe("resolved");
    expect((await call("GET", `/incidents/${id}`)).at("incident.status")).toBe("resolved");
    expect((await call("GET", `/incidents/${id}/alerts/QNO`)).status).toBe(404);
    const other = (await open()).text("incident.id");
    expect((await call("GET", `/incidents/${other}/alerts/${one}`)).status).toBe(404);
  });
});

describe("taking back a request to join", () => {
  const asked = (answer: Awaited<ReturnType<typeof call>>) =>
    (answer.at("responder_requests") as { responder_request_targets: unknown[] }[])
      .flatMap((request) => request.responder_request_targets as { responder_request_target: unknown }[])
      .map((one) => one.responder_request_target);

  it("leaves those who are not named asked", async () => {
    const id = (await open()).text("incident.id");
    const [cara, dan] = [await makeUser(db, { name: "Cara" }), await makeUser(db, { name: "Dan" })];
    const reference = (userId: string) => ({ id: userId, type: "user_reference" });
    const targets = [cara, dan].map((user) => ({ responder_request_target: reference(user.id) }));
    await call("POST", `/incidents/${id}/responder_requests`, {
      body: { message: "Help", responder_request_targets: targets },
    });
    const cancel = (body: unknown) => call("PUT", `/incidents/${id}/responder_requests/cancel`, { body });
    const state = (name: string, value: string) =>
      expect.objectContaining({
        summary: name,
        incidents_responders: [expect.objectContaining({ state: value })],
      });
    const one = await cancel({ responder_request_targets: [reference(dan.id)] });
    expect(one.status).toBe(200);
    expect(asked(one)).toEqual(
      expect.arrayContaining([state("Cara", "pending"), state("Dan", "user_cancelled")]),
    );
    expect((await cancel({ responder_request_targets: [] })).status).toBe(400);
    const rest = await cancel({ responder_request_targets: [targets[0]] });
    expect(asked(rest)).toEqual(expect.arrayContaining([state("Cara", "user_cancelled")]));
  });
});
