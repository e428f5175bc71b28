import type { Database } from "#db/connect";
import { UnreadableSecret } from "#lib/crypto/secret";
import { env } from "#lib/env";
import { AppError, STATUS_OF } from "#lib/errors";
import { readBody } from "#lib/http/read-json";
import { log } from "#lib/log";
import type { HookRequest, Hooks } from "#lib/notifications/channels/telephony/hooks";
import { hooksOf } from "#lib/notifications/channels/telephony/hooks-of";
import { loadProvider } from "#lib/notifications/queries/providers";
import type { LoadedProvider } from "#lib/notifications/queries/providers";

const MAX_BYTES = 65_536;

export type Hook = { provider: LoadedProvider; hooks: Hooks; request: HookRequest };

/**
 * Runs `work` for a request that the named provider signed; answers 404 for a provider that is none, 403 for a request that is not its own.
 * The address that was signed is the public one, TOUCHLINE_URL, whatever proxies made of it on the way here.
 */
export async function withHook(
  db: Database,
  request: Request,
  providerId: string,
  work: (hook: Hook) => Promise<Response>,
): Promise<Response> {
  try {
    const provider = await loadProvider(db, providerId);
    const hooks = provider ? hooksOf(provider) : null;
    if (!provider || !hooks) return plain(404, "There is no such provider.");
    const { pathname, search } = new URL(request.url);
    const body = await readBody(request, MAX_BYTES);
    const hook = { url: `${env().url}${pathname}${search}`, body, headers: request.headers };
    if (!(await hooks.isGenuine(hook))) {
      log().warn(
        { providerId, path: pathname.split("/").slice(0, 6).join("/") },
        "a hook was not signed by its provider",
      );
      return plain(403, "The signature does not fit.");
    }
    return await work({ provider, hooks, request: hook });
  } catch (error) {
    if (error instanceof AppError) return plain(STATUS_OF[error.code], error.message);
    if (error instanceof UnreadableSecret) return plain(503, "The provider's secret can't be read.");
    log().error({ providerId, err: error }, "a provider's request failed");
    return plain(500, "Something went wrong on our side.");
  }
}

export function plain(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}

export function done(): Response {
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
}
