export const dynamic = "force-dynamic";

/** Liveness: the process answers, whatever its database does. Whether it does its work is what /api/health tells. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
}
