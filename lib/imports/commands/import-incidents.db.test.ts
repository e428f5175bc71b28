import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "#lib/context";
import { importIncidents } from "#lib/imports/commands/import-incidents";
import type { ImportedIncident, ParsedRecord } from "#lib/imports/imported-incident";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeService, makeUser } from "#lib/testing/factories";

const { db } = await useDatabase();
const sql = db.$client;
const ctx = { db, actor: { ...SYSTEM, channel: "import", name: "Statuspage import" } };

beforeAll(async () => {
  await makeUser(db, { role: "owner", name: "Olga" });
});

beforeEach(async () => {
  await sql`delete from incidents`;
});

function incident(id: string, values: Partial<ImportedIncident> = {}): ParsedRecord {
  const startedAt = values.startedAt ?? new Date("2024-02-01T10:00:00.000Z");
  return {
    kind: "incident",
    incident: {
      externalId: `statuspage/${id}`,
      title: `Incident ${id}`,
      body: null,
      url: null,
      components: ["Payments"],
      urgency: "high",
      priorityRank: 2,
      detectionSource: "unknown",
      customerImpact: true,
      startedAt,
      createdAt: startedAt,
      mitigatedAt: new Date(startedAt.getTime() + 20 * 60_000),
      resolvedAt: new Date(startedAt.getTime() + 60 * 60_000),
      resolvedBy: null,
      entries: [
        {
          at: startedAt,
          key: "0",
          type: "status_update",
          by: null,
          note: "Looking.",
          data: { status: "investigating" },
        },
      ],
      ...values,
    },
  };
}

async function* stream(...records: ParsedRecord[]): AsyncGenerator<ParsedRecord> {
  yield* records;
}

async function everything() {
  return sql`
    select i.external_id, i.title, i.status, i.urgency, i.origin, s.name as service, t.name as team, p.name as priority,
      f.ms_to_resolve::int as resolve, f.ms_to_mitigate::int as mitigate, f.ms_to_acknowledge as acknowledge,
      f.ms_to_respond::int as respond, f.auto_resolved, array(
        select l.type from log_entries l where l.incident_id = i.id order by l.at, l.id) as log
    from incidents i join services s on s.id = i.service_id left join teams t on t.id = s.team_id
      left join priorities p on p.id = i.priority_id join incident_facts f on f.incident_id = i.id
    order by i.external_id`;
}

describe("importIncidents", () => {
  test("brings history in with its timeline and facts, and pages nobody", async () => {
    const report = await importIncidents(ctx, stream(incident("a")));
    expect(report).toMatchObject({ read: 1, imported: 1, unchanged: 0 });
    expect(await everything()).toEqual([
      {
        external_id: "statuspage/a",
        title: "Incident a",
        status: "resolved",
        urgency: "high",
        origin: "import",
        service: "Payments",
        team: "Imported",
        priority: "P2",
        resolve: 3_600_000,
        mitigate: 1_200_000,
        acknowledge: null,
        respond: null,
        auto_resolved: false,
        log: ["trigger", "status_update", "resolve"],
      },
    ]);
    const [counts] = await sql`
      select (select count(*)::int from pages) as pages, (select count(*)::int from pending_actions) as pending,
        (select count(*)::int from incident_assignments) as assignments`;
    expect(counts).toEqual({ pages: 0, pending: 0, assignments: 0 });
  });

  test("a second run changes nothing", async () => {
    const records = Array.from({ length: 30 }, (_, index) =>
      incident(`r${index}`, { components: [`C${index % 4}`] }),
    );
    await importIncidents(ctx, stream(...records));
    const before = await everything();
    const [services] = await sql`select count(*)::int as count from services`;
    expect(await importIncidents(ctx, stream(...records, records[0]!))).toMatchObject({
      read: 31,
      imported: 0,
      unchanged: 31,
    });
    expect(await everything()).toEqual(before);
    expect(await sql`select count(*)::int as count from services`).toEqual([services]);
  });

  test("every record is imported, unchanged or skipped with its reason", async () => {
    const skipped: ParsedRecord = { kind: "skipped", reason: "ends before it starts", example: "x" };
    const report = await importIncidents(
      ctx,
      stream(incident("a"), skipped, incident("a"), skipped, skipped, skipped, incident("b")),
    );
    expect(report).toMatchObject({ read: 7, imported: 2, unchanged: 1 });
    expect(report.skipped.get("ends before it starts")).toEqual({ count: 4, examples: ["x", "x", "x"] });
  });

  test("uses services that are there, whatever the case of their name, and makes the rest reach the owner", async () => {
    const existing = await makeService(db, { name: "Wallet Ledger" });
    await importIncidents(
      ctx,
      stream(incident("a", { components: ["wallet ledger"] }), incident("b", { components: [] })),
    );
    const rows = await sql`
      select i.service_id, s.name, u.name as paged from incidents i join services s on s.id = i.service_id
        left join escalation_levels l on l.policy_id = s.escalation_policy_id
        left join escalation_targets e on e.level_id = l.id left join users u on u.id = e.user_id
      order by i.external_id`;
    expect(rows).toMatchObject([
      { service_id: existing.id, name: "Wallet Ledger" },
      { name: "Imported incidents", paged: "Olga" },
    ]);
  });

  test("an end at the start is a fact without a length", async () => {
    const at = new Date("2020-01-01T00:00:00.000Z");
    await importIncidents(
      ctx,
      stream(incident("zero", { startedAt: at, resolvedAt: at, mitigatedAt: null })),
    );
    expect(await everything()).toMatchObject([{ resolve: null, mitigate: null, status: "resolved" }]);
  });

  test("a dry run counts and writes nothing", async () => {
    await importIncidents(ctx, stream(incident("a")));
    const options = { isDryRun: true };
    expect(await importIncidents(ctx, stream(incident("a"), incident("b")), options)).toMatchObject({
      imported: 1,
      unchanged: 1,
    });
    expect(await everything()).toHaveLength(1);
  });

  test("people who are known here are named in the log; their acts become facts", async () => {
    const ann = await makeUser(db, { name: "Ann Lee", email: "ann@example.com" });
    const at = new Date("2024-02-01T10:05:00.000Z");
    const by = { name: "ANN LEE", email: null, isPerson: true };
    const entries = [{ at, key: "1", type: "acknowledge" as const, by, note: null, data: {} }];
    await importIncidents(ctx, stream(incident("a", { entries, resolvedBy: by })));
    expect(
      await sql`select actor_type, actor_id, actor_name from log_entries where type = 'acknowledge'`,
    ).toEqual([{ actor_type: "user", actor_id: ann.id, actor_name: "ANN LEE" }]);
    expect(await everything()).toMatchObject([{ respond: 300_000 }]);
  });

  test("chunks of 500 are each one transaction", async () => {
    async function* broken() {
      for (let index = 0; index < 700; index += 1) yield incident(`n${String(index).padStart(4, "0")}`);
      throw new SyntaxError("The file ends in the middle of a record.");
    }
    await expect(importIncidents(ctx, broken())).rejects.toThrow("middle of a record");
    expect(await everything()).toHaveLength(500);
  });

  test("needs the right to configure", async () => {
    await expect(importIncidents(actAs(db, { role: "responder" }), stream())).rejects.toThrow("manager");
  });
});
