import type { OutgoingRequest, OutgoingResponse } from "#lib/http/outgoing";
import { OutgoingError, requestOutgoing } from "#lib/http/outgoing";
import type { CarrierAnswer, StatusReport } from "#lib/notifications/channels/telephony/carrier";
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

/**
 * Whose fault an error is, which says what helps. `later`: the same provider, in a while. `provider`: only another provider. `number`:
 * nothing, and the number is switched off. `message`: nothing for this message.
 */
export type Fault = "later" | "provider" | "number" | "message";

/** What an error that we know by its code means for who asked. */
export function judgeByFault({ fault, detail }: { fault: Fault; detail: string }): CarrierAnswer {
  switch (fault) {
    case "later":
      return { kind: "failed", retry: true, detail };
    case "provider":
      return { kind: "failed", retry: false, detail };
    case "number":
      return { kind: "refused", invalidDestination: true, detail };
    case "message":
      return { kind: "refused", invalidDestination: false, detail };
  }
}

/** What the same error means when it is reported afterwards. */
export function failureByFault(
  fault: { fault: Fault; detail: string } | null,
  otherwise: string,
): StatusReport {
  return {
    kind: "failed",
    retry: fault === null || fault.fault === "later",
    invalidDestination: fault?.fault === "number",
    detail: `Not delivered: ${fault?.detail ?? otherwise}.`,
  };
}
