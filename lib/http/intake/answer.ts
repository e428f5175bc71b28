import type { EnqueueAnswer } from "#lib/events/enqueue-answer";

/** An answer of the intake; `outcome` is what the metrics count. */
export type IntakeAnswer = {
  status: number;
  body: Record<string, unknown>;
  retryAfterSeconds?: number;
  outcome: "accepted" | "refused" | "throttled" | "unavailable";
};

const RETRY_AFTER_SECONDS = 5;

/** One of the answers that PagerDuty's clients know. */
export function known(answer: EnqueueAnswer, outcome: IntakeAnswer["outcome"]): IntakeAnswer {
  return { ...answer, outcome };
}

/** The event is not stored and the sender should try again; senders treat any 5xx so. */
export function unavailable(): IntakeAnswer {
  return {
    status: 503,
    body: {
      status: "unavailable",
      message: "The event could not be stored. Please retry later.",
      errors: [],
    },
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    outcome: "unavailable",
  };
}

/** A defect of ours, or an event that the database refuses. Senders try it again, and it is in the log. */
export function failed(): IntakeAnswer {
  return {
    status: 500,
    body: { status: "error", message: "The event could not be stored.", errors: [] },
    outcome: "unavailable",
  };
}

/** For the metrics: whoever broke off in the middle of a body reads no answer. */
export function brokenOff(): IntakeAnswer {
  return {
    status: 400,
    body: { status: "invalid request", message: "The body broke off before its end.", errors: [] },
    outcome: "refused",
  };
}

export function methodNotAllowed(): IntakeAnswer {
  return {
    status: 405,
    body: { status: "invalid request", message: "Method not allowed", errors: ["Send events with POST"] },
    outcome: "refused",
  };
}

export function unknownSource(source: string): IntakeAnswer {
  const errors = [`There is no integration format '${source}'`];
  return { status: 404, body: { status: "not found", message: "Not found", errors }, outcome: "refused" };
}

export function noIntegration(): IntakeAnswer {
  const errors = ["An integration's address is /integrations/<source>/<key>"];
  return { status: 404, body: { status: "not found", message: "Not found", errors }, outcome: "refused" };
}

/** The headers that go with an answer; the length is the writer's. */
export function answerHeaders(answer: IntakeAnswer): Record<string, string> {
  const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
  if (answer.retryAfterSeconds !== undefined) headers["retry-after"] = String(answer.retryAfterSeconds);
  if (answer.status === 405) headers.allow = "POST";
  return headers;
}
