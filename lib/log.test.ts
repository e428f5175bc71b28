import { DrizzleQueryError } from "drizzle-orm";
import { expect, it } from "vitest";
import { errorLine } from "#lib/log";

it("says which query failed, why and where, and never with which values", () => {
  const cause = Object.assign(new Error("connection lost"), {
    code: "CONNECTION_CLOSED",
    parameters: ["hunter2"],
  });
  const error = new DrizzleQueryError(
    "insert into users (hash) values ($1)",
    ["hunter2\n    at hunter2"],
    cause,
  );
  const line = errorLine(error);
  expect(line).toMatchObject({
    message: "Failed query: insert into users (hash) values ($1)",
    cause: { message: "connection lost", code: "CONNECTION_CLOSED" },
  });
  expect(line.stack).toContain("log.test.ts");
  expect(JSON.stringify(line)).not.toContain("hunter2");
});

it("takes whatever is thrown, and ends", () => {
  expect(errorLine("no error").message).toBe("no error");
  const ring = new Error("ring");
  ring.cause = ring;
  expect(JSON.stringify(errorLine(ring)).length).toBeLessThan(20_000);
});
