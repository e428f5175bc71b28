import { createHash } from "node:crypto";
import { jwtVerify } from "jose";
import { z } from "zod";
import { failureByFault, jsonOf } from "#lib/notifications/channels/telephony/ask-carrier";
import type { HookRequest, Hooks, StatusEvent } from "#lib/notifications/channels/telephony/hooks";
import { vonageFault } from "#lib/notifications/channels/telephony/vonage-errors";
import type { VonageSecret } from "#lib/notifications/channels/provider-config";
import type { VoiceTurn } from "#lib/notifications/voice-script";

const KEY_S = 6;
/** How old a signed request may be. */
const MAX_AGE = "5m";

const text = z.object({
  message_uuid: z.string().min(1),
  from: z.string().min(3),
  text: z.string().default(""),
  channel: z.literal("sms").optional(),
});
const messageReport = z.object({
  message_uuid: z.string(),
  status: z.enum(["submitted", "delivered", "rejected", "undeliverable", "read"]),
  error: z.object({ type: z.coerce.string().optional(), title: z.coerce.string().optional() }).optional(),
});
const callReport = z.object({ uuid: z.string(), status: z.string(), sub_state: z.string().optional() });
const call = z.object({
  uuid: z.string().optional(),
  dtmf: z.union([z.object({ digits: z.string().default("") }), z.string()]).optional(),
});

/** What Vonage posts to us, and call control objects (NCCO) for it. */
export function vonageHooks({ signatureSecret }: VonageSecret): Hooks {
  return {
    isGenuine: (request) => isSigned(request, signatureSecret),
    readStatus: ({ body }) => {
      const json = jsonOf(body);
      const message = messageReport.safeParse(json);
      if (message.success) return messageStatus(message.data);
      const about = callReport.safeParse(json);
      return about.success ? callStatus(about.data) : null;
    },
    readCall: ({ body }) => {
      const parsed = call.safeParse(jsonOf(body));
      if (!parsed.success) return null;
      const { uuid, dtmf } = parsed.data;
      const digits = (typeof dtmf === "string" ? dtmf : dtmf?.digits) ?? "";
      // Whether a machine answered is told by a report of its own, while the menu is being said.
      return { externalId: uuid ?? null, digits: digits === "" ? null : digits, answerer: "unknown" };
    },
    readText: ({ body }) => {
      const parsed = text.safeParse(jsonOf(body));
      if (!parsed.success) return null;
      const { message_uuid: externalId, from } = parsed.data;
      return {
        externalId,
        from: `+${from.replace(/^\+/, "")}`,
        text: parsed.data.text,
        isAnsweredByProvider: false,
      };
    },
    speak: (turn, keyUrl) => Response.json(ncco(turn, keyUrl), { headers: { "cache-control": "no-store" } }),
    answerText: null,
  };
}

/**
 * Vonage signs its requests with a token (JWT, HS256) whose `payload_hash` is the SHA-256 of the body (developer.vonage.com, "Signed
 * webhooks"). An old token is refused, so that a recorded request can't be replayed later.
 */
async function isSigned({ body, headers }: HookRequest, secret: string): Promise<boolean> {
  const token = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "")?.[1];
  if (token === undefined) return false;
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ["HS256"],
      maxTokenAge: MAX_AGE,
    });
    const hash = createHash("sha256").update(body).digest("hex");
    return payload["payload_hash"] === hash;
  } catch {
    return false;
  }
}

function messageStatus({
  message_uuid: externalId,
  status,
  error,
}: z.output<typeof messageReport>): StatusEvent {
  if (status === "delivered" || status === "read") {
    return { externalId, report: { kind: "delivered", detail: "Delivered to the phone." } };
  }
  if (status === "submitted") return { externalId, report: { kind: "under_way" } };
  const { title, type } = error ?? {};
  const fault = vonageFault(title) ?? vonageFault(/(\d+)$/.exec(type ?? "")?.[1]);
  return { externalId, report: failureByFault(fault, "no reason was given") };
}

const FAILURES: Record<string, string> = {
  busy: "Busy.",
  timeout: "Nobody answered.",
  unanswered: "Nobody answered.",
  cancelled: "The call was ended before anybody answered.",
  rejected: "The call was rejected.",
  failed: "The call could not be put through.",
  machine: "An answering machine took the call.",
  completed: "Answered, but no key was pressed: perhaps not by a person.",
};

function callStatus({
  uuid: externalId,
  status,
  sub_state: subState,
}: z.output<typeof callReport>): StatusEvent {
  if (status === "human") {
    return { externalId, report: { kind: "delivered", detail: "Answered by a person." } };
  }
  const detail = FAILURES[status];
  if (detail === undefined) return { externalId, report: { kind: "under_way" } };
  return {
    externalId,
    report: { kind: "failed", retry: true, invalidDestination: false, detail },
    machineListens: status === "machine" && subState === "beep_start",
  };
}

function ncco({ says }: VoiceTurn, keyUrl: string | null): unknown[] {
  const words = { action: "talk", text: says.join(" "), bargeIn: keyUrl !== null };
  if (keyUrl === null) return [words];
  const input = {
    action: "input",
    type: ["dtmf"],
    dtmf: { maxDigits: 1, timeOut: KEY_S },
    eventUrl: [keyUrl],
    eventMethod: "POST",
  };
  return [words, input];
}
