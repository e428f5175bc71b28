import type { OutgoingRequest, OutgoingResponse } from "#lib/http/outgoing";
import { OutgoingError, requestOutgoing } from "#lib/http/outgoing";
import type { SendResult } from "#lib/notifications/delivery";
import { inertLine } from "#lib/notifications/inert";

/** Sends and lets `judge` read the answer. No answer is a failure: to be tried again, unless the address itself is refused. */
export async function sendOverHttp(
  request: OutgoingRequest,
  judge: (response: OutgoingResponse) => SendResult,
): Promise<SendResult> {
  try {
    return judge(await requestOutgoing(request));
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    return { kind: "failed", retry: error.fault !== "refused", detail: error.message };
  }
}

/** 2xx was accepted; 429 and 5xx may be tried again; anything else won't get better. */
export function judgeStatus(response: OutgoingResponse): SendResult {
  const { status } = response;
  const said = inertLine(response.body, 200);
  const detail = said === "" ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
  if (status >= 200 && status < 300) return { kind: "accepted", providerId: null, detail: `HTTP ${status}` };
  const retry = status === 408 || status === 425 || status === 429 || status >= 500;
  return { kind: "failed", retry, ...waitOf(response), detail };
}

const LONGEST_WAIT_MS = 10 * 60_000;

/** What Retry-After asks for in seconds (RFC 9110, section 10.2.3; a date is not looked at), as part of a failure. */
export function waitOf({ headers }: OutgoingResponse): { retryAfterMs?: number } {
  return waitSeconds(Number(headers["retry-after"] ?? Number.NaN));
}

/** The same from a provider's own field. */
export function waitSeconds(seconds: number): { retryAfterMs?: number } {
  if (!Number.isFinite(seconds) || seconds <= 0) return {};
  return { retryAfterMs: Math.min(LONGEST_WAIT_MS, Math.ceil(seconds * 1000)) };
}

/** The body as JSON; null when it is none. */
export function jsonOf({ body }: OutgoingResponse): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
