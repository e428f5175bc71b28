import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { documentHtml, documentText } from "#lib/reports/document-html";
import { writeComment } from "#lib/reports/commands/write-comment";
import { parsePack } from "#lib/reports/pack-filter";
import { readDocument } from "#lib/reports/queries/read-document";
import { readPackReport } from "#lib/reports/queries/pack-report";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";

const { db, sql } = await useDatabase();
let [ann, ben]: Context[] = [];
const QUARTER = "by=quarter&period=2026-Q3";

beforeAll(async () => {
  [ann, ben] = await Promise.all(
    ["Ann", "Ben"].map(async (name) => actAs(db, await makeUser(db, { name, role: "manager" }))),
  );
});

beforeEach(() => sql`truncate period_comments`);

const write = (by: Context, words: string | null, expectedVersion: number, query = QUARTER) =>
  writeComment(by, { report: "executive", query, words, expectedVersion });
const commentOn = async (query: string) => {
  const pack = parsePack(new URLSearchParams(query), "quarter");
  return (await readPackReport(ann!, pack.filter, pack)).comment;
};

test("what an author says of a period is on its pages, in its documents, and nowhere else", async () => {
  await write(ann!, "We moved the <b>ledger</b>.\nIt held.", 0);
  expect(await commentOn(QUARTER)).toMatchObject({
    words: "We moved the <b>ledger</b>.\nIt held.",
    by: "Ann",
  });
  expect(await commentOn("by=quarter&period=2026-Q2")).toEqual({ version: 0 });
  expect(await commentOn(`${QUARTER}&team=TSOME`)).toEqual({ version: 0 });
  for (const report of ["executive", "reviews"] as const) {
    const document = await readDocument(ben!, report, QUARTER);
    const options = { pictureOf: null, footer: [] };
    expect(documentHtml(document, options)).toContain("We moved the &lt;b&gt;ledger&lt;/b&gt;.\nIt held.");
    expect(documentHtml(document, options)).toMatch(/Ann, \d/);
    expect(documentText(document, [])).toContain("It held.\n(Ann, ");
  }
});

test("a selection has its own comment, in whatever order it is named", async () => {
  await write(ann!, "Wallet was down.", 0, `${QUARTER}&service=SA,SB`);
  expect(await commentOn(`${QUARTER}&service=SB,SA`)).toMatchObject({ words: "Wallet was down." });
  expect(await commentOn(QUARTER)).toEqual({ version: 0 });
});

test("of two authors who began from the same words the second is told", async () => {
  await write(ann!, "First.", 0);
  const both = await Promise.allSettled([write(ann!, "Second.", 1), write(ben!, "Other.", 1)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(write(ben!, "Late.", 0)).rejects.toThrow(/changed the comment meanwhile/);
  await expect(write(ben!, "Early.", 7)).rejects.toThrow(/meanwhile/);
  expect(await commentOn(QUARTER)).toMatchObject({ version: 2 });
});

test("taking it back leaves what was said in the audit log and nothing on the page", async () => {
  await write(ann!, "Too early to tell.", 0);
  await write(ben!, "  ", 1);
  expect(await commentOn(QUARTER)).toMatchObject({ version: 2, words: null });
  expect((await readDocument(ann!, "executive", QUARTER)).comment).toBeUndefined();
  const audited = await sql`
    select action, actor_name as by, before->>'words' as said from audit_records where object_type = 'report_comment'
    order by at desc, id desc limit 1`;
  expect([...audited]).toEqual([{ action: "delete", by: "Ben", said: "Too early to tell." }]);
});

test("who may not configure can't comment, and nothing too long is kept", async () => {
  const responder = actAs(db, await makeUser(db, { role: "responder" }));
  await expect(write(responder, "Mine.", 0)).rejects.toMatchObject({ code: "forbidden" });
  await expect(write(ann!, "x".repeat(4001), 0)).rejects.toMatchObject({ fields: [{ field: "words" }] });
});
