import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  isForeignKeyViolation,
  isTransient,
  isUniqueViolation,
  refuseViolations,
} from "#lib/database-errors";

/** As the driver and the query builder of another build throw them: of classes that are not ours. */
function foreign(code: string, constraint?: string): Error {
  class E extends Error {}
  const cause = Object.assign(new E("it failed"), {
    code,
    ...(constraint ? { constraint_name: constraint } : {}),
  });
  return Object.assign(new E("Failed query"), {
    query: "insert into teams values ($1)",
    params: ["x"],
    cause,
  });
}

describe("errors of the database, whichever copy of the driver threw them", () => {
  it("are recognised", () => {
    expect(isUniqueViolation(foreign("23505", "teams_name_key"), "teams_name_key")).toBe(true);
    expect(isUniqueViolation(foreign("23505", "teams_name_key"), "other")).toBe(false);
    expect(isForeignKeyViolation(foreign("23503"))).toBe(true);
    for (const code of ["CONNECTION_CLOSED", "57P01", "40P01", "25006"])
      expect(isTransient(foreign(code))).toBe(true);
    expect(isTransient(foreign("22P05"))).toBe(false);
    const own = Object.assign(new Error("lost"), { code: "ECONNRESET" });
    expect(isTransient(new DrizzleQueryError("select 1", [], own))).toBe(true);
    expect(isTransient(own)).toBe(true);
    for (const other of [null, "x", new Error("x"), undefined]) expect(isTransient(other)).toBe(false);
  });

  it("become refusals that name the field", async () => {
    const fields = { teams_name_key: { field: "name", message: "is taken" } };
    await expect(
      refuseViolations(fields, () => Promise.reject(foreign("23505", "teams_name_key"))),
    ).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "name" }],
    });
    const unknown = foreign("23505", "another_key");
    await expect(refuseViolations(fields, () => Promise.reject(unknown))).rejects.toBe(unknown);
  });
});
