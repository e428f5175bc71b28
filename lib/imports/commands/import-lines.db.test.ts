import { beforeAll, expect, test } from "vitest";
import { SYSTEM } from "#lib/context";
import { importIncidents } from "#lib/imports/commands/import-incidents";
import { importLines } from "#lib/imports/commands/import-lines";
import type { ImportedEntry, ParsedLine, ParsedRecord, Skipped } from "#lib/imports/imported-incident";
import { parsePagerDutyIncident } from "#lib/imports/pagerduty";
import { useDatabase } from "#lib/testing/database";
import { makeUser } from "#lib/testing/factories";

const { db } = await useDatabase();
const sql = db.$client;
const ctx = { db, actor: { ...SYSTEM, channel: "import", name: "PagerDuty import" } };

beforeAll(async () => {
  await makeUser(db, { role: "owner", name: "Olga" });
  await makeUser(db, { name: "Ann Lee" });
  const record = {
    id: "P1",
    title: "Down",
    status: "resolved",
    created_at: "2024-02-01T10:00:00Z",
    resolved_at: "2024-02-01T11:00:00Z",
  };
  async function* records(): AsyncGenerator<ParsedRecord> {
    yield parsePagerDutyIncident(JSON.stringify(record));
  }
  await importIncidents(ctx, records());
});

const line = (key: string, minute: number, type: ImportedEntry["type"], incident = "P1"): ParsedLine => ({
  kind: "line",
  line: {
    incidentExternalId: `pagerduty/${incident}`,
    entry: {
      at: new Date(Date.UTC(2024, 1, 1, 10, minute)),
      key,
      type,
      by: { name: "Ann Lee", email: null, isPerson: true },
      note: null,
      data: {},
    },
  },
});

async function bring(...lines: ParsedLine[]) {
  const told: Skipped[] = [];
  async function* placed() {
    for (const parsed of lines) yield { parsed, tellSkip: (why: Skipped) => void told.push(why) };
  }
  return { report: await importLines(ctx, placed()), told };
}

test("log entries join their incidents once, and become its facts", async () => {
  const lines = [
    line("a", 5, "acknowledge"),
    line("b", 60, "resolve"),
    line("c", 7, "annotate", "P2"),
    line("a", 5, "acknowledge"),
  ];
  const { report, told } = await bring(...lines);
  expect(report).toMatchObject({ read: 4, imported: 1, unchanged: 0 });
  expect(told.map(({ reason }) => reason)).toEqual([
    "says what its incident says already",
    "belongs to an incident that is not here",
  ]);
  const facts = () => sql`
    select f.ms_to_respond::int as respond, f.acknowledgement_count as acks, f.engaged_user_count as engaged,
      (select count(*)::int from log_entries l where l.incident_id = i.id) as entries
    from incidents i join incident_facts f on f.incident_id = i.id`;
  expect(await facts()).toEqual([{ respond: 300_000, acks: 1, engaged: 1, entries: 3 }]);
  expect((await bring(...lines)).report).toMatchObject({ imported: 0, unchanged: 1 });
  expect(await facts()).toEqual([{ respond: 300_000, acks: 1, engaged: 1, entries: 3 }]);
});
