import { handleHealth, handleMetrics } from "#lib/http/health-route";

/** What a process answers whose only role is the engine: how it is. */
export async function handleEngineRole(request: Request): Promise<Response> {
  switch (new URL(request.url).pathname) {
    case "/api/health":
      return handleHealth(request);
    case "/api/live":
      return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
    case "/metrics":
      return handleMetrics();
    default:
      return new Response("This process pages people; it serves no pages.\n", { status: 404 });
  }
}
