import { expect, test } from "vitest";
import { parseOpsgenieRecord } from "#lib/imports/opsgenie";

const read = (closeTime: number) =>
  parseOpsgenieRecord(
    JSON.stringify({
      id: "O1",
      message: "Deposits fail",
      status: "closed",
      createdAt: "2026-01-01T00:00:00Z",
      report: { closeTime },
    }),
  );

test("a duration leads to its end", () => {
  expect(read(3_600_000)).toMatchObject({ incident: { resolvedAt: new Date("2026-01-01T01:00:00Z") } });
});

test("a duration that leads beyond all time is passed over, and the rest of the file is read", () => {
  expect(read(1e308)).toMatchObject({ kind: "skipped", reason: "lacks what an incident needs" });
});
