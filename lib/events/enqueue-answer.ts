/** An HTTP answer of the event endpoints, in the shapes that PagerDuty's clients read. */
export interface EnqueueAnswer {
  status: number;
  body: Record<string, string | string[]>;
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number;
}

/** Clients of v2 require `dedup_key` in the answer to every action. */
export function accepted(dedupKey: string): EnqueueAnswer {
  return { status: 202, body: { status: "success", message: "Event processed", dedup_key: dedupKey } };
}

export function acceptedV1(incidentKey: string): EnqueueAnswer {
  return { status: 200, body: { status: "success", message: "Event processed", incident_key: incidentKey } };
}

export function acceptedChange(): EnqueueAnswer {
  return { status: 202, body: { status: "success", message: "Change event processed" } };
}

export function invalidEvent(errors: string[]): EnqueueAnswer {
  return { status: 400, body: { status: "invalid event", message: "Event object is invalid", errors } };
}

/** The key is well formed but belongs to no integration. */
export function unknownRoutingKey(): EnqueueAnswer {
  return invalidEvent(["Invalid routing key"]);
}

export function notJson(): EnqueueAnswer {
  return {
    status: 400,
    body: {
      status: "Unrecognized object",
      message: "Event object format is unrecognized",
      errors: ["JSON parse error"],
    },
  };
}

export function tooLarge(maxBytes: number): EnqueueAnswer {
  const errors = [`Event is too large (should be at most ${maxBytes} bytes)`];
  return { status: 413, body: { status: "invalid event", message: "Event object is invalid", errors } };
}

export function throttled(retryAfterSeconds: number): EnqueueAnswer {
  return { status: 429, body: THROTTLED, retryAfterSeconds };
}

/** v1 clients know 403 as the status for "too fast, try again". */
export function throttledV1(retryAfterSeconds: number): EnqueueAnswer {
  return { status: 403, body: THROTTLED, retryAfterSeconds };
}

const THROTTLED = {
  status: "throttle exceeded",
  message: "Requests for this service are arriving too quickly.  Please retry later.",
};
