import { describe, expect, test } from "vitest";
import { parseStatuspageRecord, plainText } from "#lib/imports/statuspage";

const RECORD = {
  id: "abc123",
  name: "Deposits fail",
  status: "resolved",
  impact: "major",
  created_at: "2024-02-01T10:00:00.000Z",
  started_at: "2024-02-01T09:55:00.000Z",
  monitoring_at: "2024-02-01T10:40:00.000Z",
  resolved_at: "2024-02-01T11:00:00.000Z",
  shortlink: "https://stspg.example/abc",
  components: [{ name: "Payments" }, { name: "Wallet" }, { name: "Payments" }],
  incident_updates: [
    { status: "resolved", body: "Done.", created_at: "2024-02-01T11:00:00.000Z", display_at: null },
    {
      status: "investigating",
      body: "<p>We see <b>errors</b> &amp; retries.</p>",
      created_at: "2024-02-05T00:00:00.000Z",
      display_at: "2024-02-01T09:58:00.000Z",
    },
  ],
};

const read = (change: object = {}) => parseStatuspageRecord(JSON.stringify({ ...RECORD, ...change }));

describe("parseStatuspageRecord", () => {
  test("leaves out what the database can't store and what turns the direction of text", () => {
    const cut = `${"x".repeat(1023)}\u{1F525}${"y".repeat(10)}`;
    expect(
      read({ id: "a\0\ud800", name: "\u202eDeposits\n\ud800fail", shortlink: "https://a.example/\0" }),
    ).toMatchObject({
      incident: {
        externalId: "statuspage/a\ufffd",
        title: "Deposits \ufffdfail",
        url: "https://a.example/",
      },
    });
    expect(read({ name: cut })).toMatchObject({ incident: { title: cut.slice(0, 1025) } });
  });

  test("reads a record whole", () => {
    expect(read()).toEqual({
      kind: "incident",
      incident: {
        externalId: "statuspage/abc123",
        title: "Deposits fail",
        body: "Also affected: Wallet",
        url: "https://stspg.example/abc",
        components: ["Payments", "Wallet"],
        urgency: "high",
        priorityRank: 2,
        detectionSource: "unknown",
        customerImpact: true,
        startedAt: new Date("2024-02-01T09:55:00.000Z"),
        createdAt: new Date("2024-02-01T09:55:00.000Z"),
        mitigatedAt: new Date("2024-02-01T10:40:00.000Z"),
        resolvedAt: new Date("2024-02-01T11:00:00.000Z"),
        resolvedBy: null,
        entries: [
          {
            at: new Date("2024-02-01T09:58:00.000Z"),
            key: "1",
            type: "status_update",
            by: null,
            note: "We see errors & retries.",
            data: { status: "investigating" },
          },
          {
            at: new Date("2024-02-01T11:00:00.000Z"),
            key: "0",
            type: "status_update",
            by: null,
            note: "Done.",
            data: { status: "resolved" },
          },
        ],
      },
    });
  });

  test.each([
    ["none", null, "low", false],
    ["minor", 4, "low", true],
    ["major", 2, "high", true],
    ["critical", 1, "high", true],
    [null, null, "low", null],
    ["cosmic", null, "low", true],
  ])("impact %s", (impact, priorityRank, urgency, customerImpact) => {
    expect(read({ impact })).toMatchObject({ incident: { priorityRank, urgency, customerImpact } });
  });

  test("without a start the moment of publication counts; without components there is none", () => {
    expect(read({ started_at: null, components: undefined })).toMatchObject({
      incident: { startedAt: new Date(RECORD.created_at), components: [] },
    });
  });

  test("a component that only sends readers elsewhere is no service", () => {
    const signpost = { name: "Visit www.status.example.com for more information" };
    expect(read({ components: [signpost] })).toMatchObject({ incident: { components: [], body: null } });
    expect(read({ components: [signpost, { name: "api.example.com" }, { name: "Visits" }] })).toMatchObject({
      incident: { components: ["api.example.com", "Visits"] },
    });
  });

  test.each([
    [{ resolved_at: "2024-02-01T09:54:59.999Z" }, "ends before it starts"],
    [{ resolved_at: null, status: "monitoring" }, "is not resolved yet"],
    [{ impact: "maintenance" }, "is scheduled maintenance"],
    [{ status: "completed" }, "is scheduled maintenance"],
    [{ created_at: "yesterday" }, "lacks what an incident needs"],
    [{ id: undefined }, "lacks what an incident needs"],
    [{ name: "" }, "lacks what an incident needs"],
  ])("%j is skipped, with its reason and an example", (change, reason) => {
    expect(read(change)).toMatchObject({ kind: "skipped", reason, example: expect.stringMatching(/./) });
  });

  test("text that is no JSON, or no record, is skipped", () => {
    expect(parseStatuspageRecord('{"id": ')).toMatchObject({ reason: "is not valid JSON" });
    expect(parseStatuspageRecord("42")).toMatchObject({ reason: "lacks what an incident needs" });
  });

  test("only web addresses become links", () => {
    expect(read({ shortlink: "javascript:alert(1)" })).toMatchObject({ incident: { url: null } });
  });
});

describe("plainText", () => {
  test("keeps the lines and drops the markup", () => {
    expect(plainText("<ul><li>One<br />two</li><li>Three &lt;4&gt;\0</li></ul>")).toBe("One\ntwo\nThree <4>");
    expect(plainText("<script>alert(1)</script>")).toBe("alert(1)");
  });
});
