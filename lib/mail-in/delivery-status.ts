/** What a mail system says became of a message. `delayed` and the like are no end. */
export type MailReport = { action: string; status: string; because: string };

/**
 * The first recipient's part of a message/delivery-status (RFC 3464): action, status code (RFC 3463) and the other server's own words.
 * Null when it is none.
 */
export function readDeliveryStatus(text: string): MailReport | null {
  const fields = unfold(text);
  const action = fields.get("action")?.toLowerCase();
  const status = /\b([245])\.\d{1,3}\.\d{1,3}\b/.exec(fields.get("status") ?? "")?.[0];
  if (action === undefined || status === undefined) return null;
  const said = (fields.get("diagnostic-code") ?? "").replace(/^[\w-]+;\s*/, "");
  return { action, status, because: said };
}

/**
 * What a report means for a send: null when the message is still on its way. An unknown mailbox or domain (5.1.x) will not come back;
 * a full or refusing one may.
 */
export function judgeMailReport({
  action,
  status,
  because,
}: MailReport): { detail: string; invalidDestination: boolean } | null {
  if (action !== "failed" || !status.startsWith("5")) return null;
  const said = because === "" ? "" : `: ${because}`;
  return {
    detail: `The mail came back (${status})${said}`,
    invalidDestination: /^5\.1\.(1|2|3|6|10)$/.test(status),
  };
}

/** Later fields of a name don't replace the first: a report is about its first recipient, and ours have one. */
function unfold(text: string): Map<string, string> {
  const lines = text
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]+/g, " ")
    .split("\n");
  const fields = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined || fields.has(name.toLowerCase())) continue;
    fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}
