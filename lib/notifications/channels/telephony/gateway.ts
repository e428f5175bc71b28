import type { OutgoingResponse } from "#lib/http/outgoing";
import { askCarrier, jsonOf, judgeByStatus } from "#lib/notifications/channels/telephony/ask-carrier";
import type { Carrier, CarrierAnswer, TextOrder } from "#lib/notifications/channels/telephony/carrier";
import type { GatewaySecret, GatewaySettings } from "#lib/notifications/channels/provider-config";

type Escape = (text: string) => string;

const ESCAPES: Record<GatewaySettings["contentType"], Escape> = {
  // Between the quotes of a JSON string.
  "application/json": (text) => JSON.stringify(text).slice(1, -1),
  "application/x-www-form-urlencoded": encodeURIComponent,
  "text/plain": (text) => text,
};

/** Texts by any HTTP interface: URL and body are templates with `{{to}}`, `{{text}}` and `{{id}}`; 2xx accepts. It can't call. */
export function gatewayCarrier(
  settings: GatewaySettings,
  secret: GatewaySecret,
  options: { allowPrivate: boolean },
): Carrier {
  return {
    sendText: (order) =>
      askCarrier(
        {
          url: fill(settings.url, order, encodeURIComponent),
          method: settings.method,
          headers: {
            "user-agent": "Touchline",
            "idempotency-key": order.key,
            ...(settings.method === "POST" ? { "content-type": settings.contentType } : {}),
            ...headersOf(secret),
          },
          ...(settings.method === "POST"
            ? { body: fill(settings.body, order, ESCAPES[settings.contentType]) }
            : {}),
          signal: order.signal,
          allowPrivate: options.allowPrivate,
        },
        (response) => judgeGateway(response, settings.idPath),
      ),
    placeCall: async () => ({ kind: "failed", retry: false, detail: "A gateway for texts can't call." }),
  };
}

function fill(template: string, { to, text, key }: TextOrder, escape: Escape): string {
  const values: Record<string, string> = { to, text, id: key };
  // The URL comes through a parser that writes braces as %7B and %7D.
  return template.replace(/(?:\{\{|%7B%7B)(to|text|id)(?:\}\}|%7D%7D)/gi, (_, name: string) =>
    escape(values[name.toLowerCase()] ?? ""),
  );
}

function headersOf({ headers = "" }: GatewaySecret): Record<string, string> {
  return Object.fromEntries(
    headers.split("\n").flatMap((line) => {
      const at = line.indexOf(":");
      return at < 1 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]];
    }),
  );
}

function judgeGateway(response: OutgoingResponse, idPath: string | undefined): CarrierAnswer {
  if (response.status < 200 || response.status >= 300) return judgeByStatus(response);
  const id = idPath === undefined ? null : valueAt(jsonOf(response.body), idPath.split("."));
  return {
    kind: "accepted",
    externalId: id,
    detail: `HTTP ${response.status}${id === null ? "" : `, ${id}`}`,
  };
}

/** What a path like `messages.0.id` leads to, as text. */
function valueAt(body: unknown, path: readonly string[]): string | null {
  let value = body;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return null;
    value = Object.entries(value).find(([name]) => name === step)?.[1];
  }
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) : null;
}
