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
  return {
    kind: "failed",
    retry: status === 408 || status === 425 || status === 429 || status >= 500,
    detail,
  };
}
