import type { Database } from "#db/connect";
import { apiKeys } from "#db/schema/organisation";
import { hashApiKey, newApiKey } from "#lib/auth/api-key";
import { API_ROUTES } from "#lib/http/api/registry";
import { newId } from "#lib/ids";

type Options = { body?: unknown; key?: string | null; headers?: Record<string, string> };

export type ApiAnswer = {
  status: number;
  headers: Headers;
  body: unknown;
  /** What is at a path in the body: `at("incidents.0.id")`. */
  at: (path: string) => unknown;
  /** The same where a text is expected, to go on with. */
  text: (path: string) => string;
};

const BASE = "http://api.example.com";

/**
 * The public API against a test's database, through the route handlers alone: `call("GET", "/users?limit=1")`. Requests carry a full
 * account key unless told otherwise.
 */
export async function publicApi(db: Database) {
  Object.assign(globalThis, { touchlineDatabase: db });

  async function makeKey(values: Partial<typeof apiKeys.$inferInsert> = {}): Promise<string> {
    const key = newApiKey();
    await db.insert(apiKeys).values({
      id: newId(),
      name: "Test key",
      scope: "full",
      hash: hashApiKey(key),
      lastFour: key.slice(-4),
      createdAt: new Date("2025-01-06T00:00:00Z"),
      ...values,
    });
    return key;
  }

  const accountKey = await makeKey();

  async function call(method: string, target: string, options: Options = {}): Promise<ApiAnswer> {
    const { pathname } = new URL(target, BASE);
    const found = findRoute(method, pathname);
    if (!found) throw new Error(`There is no route ${method} ${pathname}.`);
    const key = options.key === undefined ? accountKey : options.key;
    const { body } = options;
    const request = new Request(`${BASE}/api/v2${target}`, {
      method,
      headers: { ...(key !== null && { authorization: `Token token=${key}` }), ...options.headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const response = await found.handler(request, { params: Promise.resolve(found.params) });
    const text = await response.text();
    const parsed: unknown = text === "" ? null : JSON.parse(text);
    const at = (path: string) => walk(parsed, path);
    return {
      status: response.status,
      headers: response.headers,
      body: parsed,
      at,
      text: (path) => {
        const value = at(path);
        if (typeof value !== "string") throw new Error(`There is no text at ${path} in ${text}`);
        return value;
      },
    };
  }

  return { makeKey, accountKey, call };
}

function findRoute(method: string, pathname: string) {
  const candidates = API_ROUTES.filter(({ spec }) => spec.method === method.toLowerCase());
  const exact = candidates.find(({ spec }) => spec.path === pathname);
  if (exact) return { handler: exact, params: {} };
  for (const handler of candidates) {
    const names = [...handler.spec.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
    const pattern = new RegExp(`^${handler.spec.path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`);
    const match = pattern.exec(pathname);
    if (match)
      return { handler, params: Object.fromEntries(names.map((name, index) => [name, match[index + 1]])) };
  }
  return null;
}

function walk(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, name) => (typeof inner === "object" && inner ? Reflect.get(inner, name) : undefined),
      value,
    );
}
