import type { calendars } from "#db/schema/calendars";
import { CALENDAR_URL, hostOf, nextLook, plainUrl } from "#lib/calendars/calendar-source";
import { comingSpans } from "#lib/calendars/coming-spans";
import type { ComingSpans } from "#lib/calendars/coming-spans";
import { fetchCalendar } from "#lib/calendars/fetch-calendar";
import { loadDirectory } from "#lib/calendars/queries/directory";
import { readNow } from "#lib/context";
import type { Context } from "#lib/context";
import { encryptSecret } from "#lib/crypto/secret";
import { AppError } from "#lib/errors";

export type Source = { url?: string | undefined; content?: string | undefined };

/** Reads a calendar for the first time. Throws `invalid` at `url` or `content` when there is none to be read. */
export async function readSource(
  ctx: Context,
  { url, content, timeZone }: Source & { timeZone: string },
): Promise<{ text: string; read: Extract<ComingSpans, { kind: "spans" }> }> {
  const text = content ?? (await fetchText(url ?? ""));
  const [now, directory] = await Promise.all([readNow(ctx.db), loadDirectory(ctx.db)]);
  const read = comingSpans(text, { now, timeZone, directory });
  if (read.kind === "unreadable") throw refused(url === undefined ? "content" : "url", read.because);
  return { text, read };
}

/** The columns that a newly read source fills. */
export function storedSource({
  url,
  text,
  warnings,
  now,
}: {
  url: string | undefined;
  text: string;
  warnings: string[];
  now: Date;
}): Omit<typeof calendars.$inferInsert, "id" | "name" | "createdAt"> {
  return {
    url: url === undefined ? null : encryptSecret(plainUrl(url), CALENDAR_URL),
    host: url === undefined ? null : hostOf(url),
    content: text,
    readAt: now,
    checkedAt: now,
    error: null,
    failingSince: null,
    warnings,
    dueAt: nextLook(url ?? null, now),
  };
}

async function fetchText(url: string): Promise<string> {
  const fetched = await fetchCalendar(url);
  if (fetched.kind === "failed") throw refused("url", fetched.because);
  return fetched.text;
}

function refused(field: "url" | "content", message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field, message }], wireCode: 2001 });
}
