import { database } from "#db/client";
import { metrics } from "#lib/metrics";
import { readHealth } from "#lib/organisation/queries/health";
import type { Health } from "#lib/organisation/queries/health";

/**
 * `/api/health`: 200 while everything that pages people works, else 503. `?check=web` leaves the engines out: for a load balancer,
 * which must not take web replicas out because an engine elsewhere stands still.
 */
export async function handleHealth(request: Request): Promise<Response> {
  const engines = new URL(request.url).searchParams.get("check") !== "web";
  const health = await readHealth(database(), { engines });
  return Response.json(withoutDetail(health), {
    status: health.ok ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}

/** What anybody may read: that a module fails, not what its error says. */
function withoutDetail(health: Health): Health {
  const modules = health.engines.modules.map((module) => ({
    ...module,
    error: module.error === null ? null : "The last run failed; the log says why.",
  }));
  return { ...health, engines: { ...health.engines, modules } };
}

/** `/metrics`: this process's counters and what the database knows of the engines, in Prometheus' text format. */
export async function handleMetrics(): Promise<Response> {
  const { registry, engineLag, engineFailing } = metrics();
  const health = await readHealth(database(), { engines: true });
  engineLag.reset();
  engineFailing.reset();
  for (const { name, lagSeconds, error } of health.engines.modules) {
    engineLag.set({ module: name }, lagSeconds);
    engineFailing.set({ module: name }, error === null ? 0 : 1);
  }
  return new Response(await registry.metrics(), {
    headers: { "content-type": registry.contentType, "cache-control": "no-store" },
  });
}
