import type { OutgoingRequest, OutgoingResponse } from "#lib/http/outgoing";
import { OutgoingError, requestOutgoing } from "#lib/http/outgoing";
import type { CarrierAnswer } from "#lib/notifications/channels/telephony/carrier";
import { inertLine } from "#lib/notifications/inert";

/** Asks a provider and lets `judge` read the answer. No answer is the provider's failure: it may do better later. */
export async function askCarrier(
  request: OutgoingRequest,
  judge: (response: OutgoingResponse) => CarrierAnswer,
): Promise<CarrierAnswer> {
  try {
    return judge(await requestOutgoing(request));
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    return { kind: "failed", retry: error.fault !== "refused", detail: error.message };
  }
}

/** An answer that is no success and has no code we know: by its HTTP status alone. */
export function judgeByStatus({ status, body }: OutgoingResponse, said?: string): CarrierAnswer {
  const words = said ?? inertLine(body, 200);
  const detail = words === "" ? `HTTP ${status}` : `HTTP ${status}: ${words}`;
  const retry = status === 408 || status === 425 || status === 429 || status >= 500;
  return { kind: "failed", retry, detail };
}

/** A JSON body, or undefined when it is none. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export function formOf(fields: Record<string, string | readonly string[] | undefined>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    for (const one of typeof value === "string" ? [value] : value) form.append(name, one);
  }
  return form.toString();
}
