/** A header's values, by its lower-case name; none: it is not there. */
export type HeaderReader = (name: string) => string | undefined;

/**
 * Whether a program sent a mail by itself, and why we think so; null: a person did. Such a mail must never act for anybody: an
 * out-of-office note that begins with "OK" has not seen the page. By RFC 3834 (Auto-Submitted), RFC 5321 (the empty return path of
 * notifications), and the headers that programs older than both use.
 */
export function automaticBecause(header: HeaderReader, returnPath: string): string | null {
  if (returnPath === "") return "its return path is empty";
  const submitted = header("auto-submitted")?.trim().toLowerCase() ?? "no";
  if (!/^no\b/.test(submitted)) return `Auto-Submitted is ${submitted}`;
  const precedence = header("precedence")?.trim().toLowerCase() ?? "";
  if (["bulk", "junk", "list", "auto_reply"].includes(precedence)) return `Precedence is ${precedence}`;
  const telltale = TELLTALES.find((name) => header(name) !== undefined);
  if (telltale !== undefined) return `it has the header ${telltale}`;
  if (/^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/i.test(returnPath))
    return `it is from ${returnPath}`;
  return null;
}

const TELLTALES = [
  "x-autoreply",
  "x-autorespond",
  "x-autoresponder",
  "x-auto-response-id",
  "x-mail-autoreply",
  "list-id",
  "list-unsubscribe",
  "feedback-id",
];
