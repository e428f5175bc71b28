import type { z } from "zod";
import { AppError, STATUS_OF } from "#lib/errors";
import type { ErrorCode, FieldError } from "#lib/errors";

/** The public API's error numbers with their texts. */
const TEXTS: Record<number, string> = {
  1001: "Incident Already Resolved",
  1002: "Incident Already Acknowledged",
  1003: "Invalid Status Provided",
  1004: "Invalid ID Provided",
  1005: "Data Updated Since Last Request",
  1006: "Cannot Escalate",
  1007: "Assigned To User Not Found",
  1008: "Requester User Not Found",
  1012: "Incident is not Acknowledged",
  1013: "Snooze Duration is Invalid",
  1014: "Escalation Policy Not Found",
  1015: "Escalation Policy Has No User On Call",
  1018: "Requester not authorized to perform action",
  1019: "Incident Already Merged",
  1020: "Invalid Priority",
  2000: "Internal Error",
  2001: "Invalid Input Provided",
  2003: "Missing Arguments",
  2004: "Invalid time values in 'since' and/or 'until' parameters",
  2005: "Invalid Query Date Range",
  2006: "Authentication failed",
  2010: "Access Denied",
  2013: "User Not Found",
  2014: "Missing Account Ability",
  2020: "Rate Limit Exceeded",
  2100: "Not Found",
  3001: "Invalid Schedule",
  4004: "Invalid Override",
};

const MISSING_ABILITY = 2014;

const DEFAULT_NUMBER: Record<ErrorCode, number> = {
  invalid: 2001,
  unauthenticated: 2006,
  forbidden: 2010,
  not_found: 2100,
  conflict: 2001,
  already_resolved: 1001,
  too_many: 2020,
  too_large: 2001,
};

/** Sentences that clients compare with: they must be the only one, whatever fields an error names for people. */
const LITERALS = new Set([
  "Email has already been taken",
  "User Contact method must be unique",
  "Channel Start delay must be unique for a given contact method",
  "Schedule can't be deleted if it's being used by escalation policies",
  "User cannot be removed as they belong to an escalation policy on this team",
]);

export type WireError = { error: { message: string; code: number; errors?: string[] } };

/**
 * A refusal as the public API tells it. Anything not found is 2100, since clients look for it; what would contradict the state is a
 * plain 400, as there is no such thing as a conflict there.
 */
export function wireErrorOf(error: AppError): { status: number; body: WireError } {
  const status = statusOf(error);
  if (error.code === "not_found") return { status, body: wireError(2100) };
  const code = error.wireCode ?? DEFAULT_NUMBER[error.code];
  if (status === 401 || status === 429) return { status, body: wireError(code) };
  const sentences =
    error.fields.length > 0 && !LITERALS.has(error.message) ? error.fields.map(sentenceOf) : [error.message];
  return { status, body: wireError(code, sentences) };
}

function statusOf(error: AppError): number {
  if (error.wireCode === MISSING_ABILITY) return 402;
  return error.code === "conflict" ? 400 : STATUS_OF[error.code];
}

export function wireError(code: number, errors?: string[]): WireError {
  return { error: { message: TEXTS[code] ?? "Invalid Input Provided", code, ...(errors && { errors }) } };
}

/** A zod failure as a refusal in the public API's manner: one sentence a field, beginning with its name. */
export function invalidWireInput(error: z.ZodError): AppError {
  const fields = error.issues.map((issue) => {
    const named = issue.path.filter((part) => typeof part === "string").at(-1);
    return {
      field: named ?? "input",
      message: `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`,
    };
  });
  return new AppError("invalid", "Invalid Input Provided", { fields, wireCode: 2001 });
}

/** A field error as a sentence. What begins in lower case says something about the field, so its name goes first. */
function sentenceOf({ field, message }: FieldError): string {
  if (!/^[a-z]/.test(message)) return message;
  const words =
    field
      .split(".")
      .at(-1)
      ?.replaceAll("_", " ")
      .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) ?? "";
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${message}`;
}
