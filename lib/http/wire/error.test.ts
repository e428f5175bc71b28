import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/errors";
import { invalidWireInput, wireErrorOf } from "#lib/http/wire/error";

describe("wireErrorOf", () => {
  it.each([
    [
      new AppError("not_found", "There is no such team.", { wireCode: 6001 }),
      404,
      { message: "Not Found", code: 2100 },
    ],
    [new AppError("unauthenticated", "x"), 401, { message: "Authentication failed", code: 2006 }],
    [new AppError("too_many", "x"), 429, { message: "Rate Limit Exceeded", code: 2020 }],
    [
      new AppError("forbidden", "This needs the role admin.", { wireCode: 2010 }),
      403,
      { message: "Access Denied", code: 2010, errors: ["This needs the role admin."] },
    ],
    [
      new AppError("forbidden", "No such ability.", { wireCode: 2014 }),
      402,
      { message: "Missing Account Ability", code: 2014, errors: ["No such ability."] },
    ],
    [
      new AppError("already_resolved", "It is resolved.", { wireCode: 1001 }),
      400,
      { message: "Incident Already Resolved", code: 1001, errors: ["It is resolved."] },
    ],
    [
      new AppError("conflict", "Somebody published."),
      400,
      { message: "Invalid Input Provided", code: 2001, errors: ["Somebody published."] },
    ],
    [
      new AppError("invalid", "Name has already been taken", {
        fields: [{ field: "name", message: "has already been taken" }],
      }),
      400,
      { message: "Invalid Input Provided", code: 2001, errors: ["Name has already been taken"] },
    ],
    [
      new AppError("invalid", "x", {
        fields: [{ field: "levels.0.delayMinutes", message: "must be at least 1 minute" }],
      }),
      400,
      { message: "Invalid Input Provided", code: 2001, errors: ["Delay minutes must be at least 1 minute"] },
    ],
    [
      new AppError("invalid", "Schedule can't be deleted if it's being used by escalation policies", {
        wireCode: 3001,
        fields: [{ field: "policies", message: "Primary" }],
      }),
      400,
      {
        message: "Invalid Schedule",
        code: 3001,
        errors: ["Schedule can't be deleted if it's being used by escalation policies"],
      },
    ],
  ])("%# tells a refusal in the public API's words", (error, status, body) => {
    expect(wireErrorOf(error)).toEqual({ status, body: { error: body } });
  });
});

it("names the field of each fault in a request", () => {
  const schema = z.object({ incident: z.object({ incident_key: z.string({ error: "can't be blank" }) }) });
  const parsed = schema.safeParse({ incident: {} });
  if (parsed.success) throw new Error("It should not parse.");
  expect(wireErrorOf(invalidWireInput(parsed.error)).body.error.errors).toEqual([
    "Incident key can't be blank",
  ]);
});
