import { connect } from "#db/connect";
import type { Database } from "#db/connect";
import { env } from "#lib/env";

const shared = globalThis as typeof globalThis & { touchlineDatabase?: Database };

/** The one pool of this process. It lives on globalThis since Next keeps several copies of a module in one process. */
export function database(): Database {
  shared.touchlineDatabase ??= connect(env().databaseUrl, { max: env().databasePool });
  return shared.touchlineDatabase;
}
