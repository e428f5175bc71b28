import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { sessionCookie } from "#lib/auth/session-cookie";
import { AppError } from "#lib/errors";
import { uiRoute } from "#lib/http/ui-route";
import { useDatabase } from "#lib/testing/database";
import { makeUser } from "#lib/testing/factories";

const { db, sql } = await useDatabase();
Object.assign(globalThis, { touchlineDatabase: db });

const ann = await makeUser(db, { role: "responder" });
const cookieOf = async (user: { id: string; sessionVersion: number }) =>
  (await sessionCookie({ userId: user.id, sessionVersion: user.sessionVersion })).split(";")[0] ?? "";
const cookie = await cookieOf(ann);

const ORIGIN = "http://localhost:3000";

type Init = { method?: string; body?: string; headers?: Record<string, string> };

function request(path: string, { headers, ...rest }: Init = {}) {
  return new Request(`${ORIGIN}${path}`, { ...rest, headers: { cookie, origin: ORIGIN, ...headers } });
}

const context = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });

const echo = uiRoute(
  {
    params: z.object({ id: z.string().regex(/^Q/, "must begin with Q") }),
    query: z.object({
      tags: z.array(z.string()).default([]),
      limit: z.coerce.number().int().max(10).default(5),
    }),
    body: z.object({ title: z.string().min(1, "can't be empty"), at: z.object({ day: z.int() }) }),
    permission: "incident.respond",
    maxBytes: 200,
  },
  ({ ctx, params, query, body }) => ({ who: ctx.actor.name, params, query, body }),
);

const send = (body: unknown, headers: Record<string, string> = {}, path = "/api/ui/x?tags[]=a&tags[]=b") =>
  echo(
    request(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers }),
    context({ id: "Q1" }),
  );

const good = { title: "T", at: { day: 1 } };

describe("uiRoute", () => {
  it("answers data and the database's clock", async () => {
    const response = await send(good);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-request-id")).toMatch(/^\w{8,}$/);
    const body = (await response.json()) as { data: unknown; now: string };
    expect(body.data).toEqual({
      who: ann.name,
      params: { id: "Q1" },
      query: { tags: ["a", "b"], limit: 5 },
      body: good,
    });
    expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(60_000);
  });

  it("names every field that is wrong", async () => {
    const response = await send({ title: "", at: { day: 1.5 } });
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      type: "about:blank",
      status: 400,
      code: "invalid",
      errors: [{ field: "title", message: "can't be empty" }, { field: "at.day" }],
      requestId: expect.any(String),
    });
    expect((await send(good, {}, "/api/ui/x?limit=11")).status).toBe(400);
    expect(
      (await echo(request("/api/ui/x", { method: "POST", body: JSON.stringify(good) }), context({ id: "x" })))
        .status,
    ).toBe(400);
  });

  it.each(["{", "", '{"title":"\\u0000","at":{"day":1}}'])("refuses the body %j", async (body) => {
    expect((await send(body)).status).toBe(400);
  });

  it("refuses a body that is too large, however its length is stated", async () => {
    expect((await send({ ...good, title: "x".repeat(300) })).status).toBe(413);
    expect((await send(good, { "content-length": "100000" })).status).toBe(413);
  });

  it("refuses writes from other sites and without an origin", async () => {
    for (const origin of ["https://evil.example", "null", "http://localhost:3001"]) {
      expect((await send(good, { origin })).status).toBe(403);
    }
    const bare = new Request(`${ORIGIN}/api/ui/x`, {
      method: "POST",
      headers: { cookie },
      body: JSON.stringify(good),
    });
    expect((await echo(bare, context({ id: "Q1" }))).status).toBe(403);
    const own = await send(good, { origin: "http://10.0.0.7:3000", host: "10.0.0.7:3000" });
    expect(own.status).toBe(200);
  });

  it("asks those who are not signed in to sign in", async () => {
    const stranger = await makeUser(db, { deactivatedAt: new Date() });
    for (const other of [
      "",
      "next-auth.session-token=garbage",
      await cookieOf(stranger),
      await cookieOf({ ...ann, sessionVersion: 2 }),
    ]) {
      const response = await send(good, { cookie: other });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: "unauthenticated" });
    }
  });

  it("refuses those who lack the right, and names the role to ask for", async () => {
    const observer = await cookieOf(await makeUser(db, { role: "observer" }));
    const response = await send(good, { cookie: observer });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: "forbidden",
      detail: expect.stringContaining("responder"),
    });
  });

  it("takes a changed role and an ended session at once", async () => {
    const boss = await makeUser(db, { role: "responder" });
    const theirs = await cookieOf(boss);
    expect((await send(good, { cookie: theirs })).status).toBe(200);
    await sql`update users set role = 'stakeholder' where id = ${boss.id}`;
    expect((await send(good, { cookie: theirs })).status).toBe(403);
    await sql`update users set session_version = session_version + 1 where id = ${boss.id}`;
    expect((await send(good, { cookie: theirs })).status).toBe(401);
  });

  it("renews a session that is a day old, and no younger one", async () => {
    expect((await send(good)).headers.get("set-cookie")).toBeNull();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 25 * 3_600_000 });
    try {
      const renewed = (await send(good)).headers.get("set-cookie") ?? "";
      expect(renewed).toMatch(
        /^next-auth\.session-token=[^;]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
      );
      expect(
        (await send(good, { cookie: renewed.split(";")[0] ?? "" })).headers.get("set-cookie"),
      ).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it("tells refusals, and of defects nothing but where to look", async () => {
    const refusing = uiRoute({}, () => {
      throw new AppError("conflict", "Somebody else changed it.", {
        fields: [{ field: "version", message: "is old" }],
      });
    });
    const refused = await refusing(request("/api/ui/x"), context());
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: "conflict",
      detail: "Somebody else changed it.",
      errors: [{ field: "version" }],
    });
    const failing = uiRoute({}, () => {
      throw new Error("the secret is hunter2");
    });
    const failed = await failing(
      request("/api/ui/x", { headers: { "x-request-id": "proxy-4711" } }),
      context(),
    );
    expect(failed.status).toBe(500);
    const text = await failed.text();
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text)).toMatchObject({ code: "internal", requestId: "proxy-4711" });
  });
});
