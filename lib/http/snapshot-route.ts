import { eq } from "drizzle-orm";
import { sql } from "drizzle-orm";
import { database } from "#db/client";
import type { Database } from "#db/connect";
import { reportSnapshots } from "#db/schema/report-sharing";
import { readSnapshotToken } from "#lib/crypto/snapshot-token";
import { timed } from "#lib/http/timed";
import { documentHtml } from "#lib/reports/document-html";
import { instantText } from "#lib/reports/document-words";

// The address is a key: no cache keeps it, no page learns it, and the page runs and loads nothing.
const HEADERS = {
  "cache-control": "private, no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
};

/** A report's snapshot for whoever has its address. Expired, revoked and never given out are the same answer: 404. */
export function snapshotRoute(request: Request, token: string, db: Database = database()): Promise<Response> {
  return timed({ surface: "snapshot", method: request.method }, async () => {
    const id = readSnapshotToken(token);
    const [found] =
      id === null
        ? []
        : await db
            .select({
              document: reportSnapshots.document,
              path: reportSnapshots.path,
              createdAt: reportSnapshots.createdAt,
              holds: sql<boolean>`${reportSnapshots.expiresAt} > now() and ${reportSnapshots.revokedAt} is null`,
            })
            .from(reportSnapshots)
            .where(eq(reportSnapshots.id, id));
    if (!found?.holds) {
      return new Response("This report is not shared, or not any more.\n", {
        status: 404,
        headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" },
      });
    }
    const at = instantText(found.createdAt.getTime(), "UTC");
    const document = { ...found.document, notes: [...found.document.notes, `As it was on ${at}.`] };
    const html = documentHtml(document, {
      pictureOf: null,
      footer: [{ label: "Open in Touchline (needs an account)", href: found.path }],
    });
    return new Response(html, { headers: { ...HEADERS, "content-type": "text/html; charset=utf-8" } });
  });
}
