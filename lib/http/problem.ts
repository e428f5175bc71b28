import { z } from "zod";
import { AppError, STATUS_OF } from "#lib/errors";
import type { ErrorCode, FieldError } from "#lib/errors";

/** RFC 9457 problem details, with the members `code`, `errors` and `requestId` added. */
const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

const TITLES: Record<ErrorCode, string> = {
  invalid: "Something in the request is not right",
  unauthenticated: "You are not signed in",
  forbidden: "You may not do this",
  not_found: "Not found",
  conflict: "Someone else changed it first",
  already_resolved: "The incident is already resolved",
  too_many: "Too many requests",
  too_large: "The request is too large",
};

/** What an expected refusal looks like on the wire. */
export function problemOf(error: AppError, requestId: string): Problem {
  return {
    type: "about:blank",
    title: TITLES[error.code],
    status: STATUS_OF[error.code],
    code: error.code,
    detail: error.message,
    errors: error.fields,
    requestId,
  };
}

/** What a defect looks like on the wire: nothing but the id under which it was logged. */
export function defectProblem(requestId: string): Problem {
  return {
    type: "about:blank",
    title: "Something went wrong on our side",
    status: 500,
    code: "internal",
    detail: `Try again. If it keeps happening, give an administrator this request id: ${requestId}.`,
    errors: [],
    requestId,
  };
}

export function problemResponse(problem: Problem): Response {
  return Response.json(problem, {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-request-id": problem.requestId,
    },
  });
}

/** A zod failure as a refusal that names each wrong field by its path. */
export function invalidInput(error: z.ZodError): AppError {
  const fields: FieldError[] = error.issues.map((issue) => ({
    field: issue.path.join("."),
    message: issue.message,
  }));
  const first = fields[0];
  const detail = first
    ? `${first.field === "" ? "" : `${first.field}: `}${first.message}`
    : "The input is not valid.";
  return new AppError("invalid", detail, { fields });
}
