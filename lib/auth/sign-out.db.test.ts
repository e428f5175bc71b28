import { expect, it, vi } from "vitest";
import { sessionCookie } from "#lib/auth/session-cookie";
import { handleSignOut } from "#lib/auth/sign-out";
import { uiRoute } from "#lib/http/ui-route";
import { useDatabase } from "#lib/testing/database";
import { makeUser } from "#lib/testing/factories";

const { db, sql } = await useDatabase();
Object.assign(globalThis, { touchlineDatabase: db });
const ORIGIN = "http://localhost:3000";
const whoami = uiRoute({ permission: "read" }, ({ ctx }) => ctx.actor.name);

const cookieOf = async (user: { id: string; sessionVersion: number }) =>
  (await sessionCookie({ userId: user.id, sessionVersion: user.sessionVersion })).split(";")[0] ?? "";

async function visit(cookie: string): Promise<Response> {
  return whoami(new Request(`${ORIGIN}/api/ui/x`, { headers: { cookie } }), { params: Promise.resolve({}) });
}

const signOut = (cookie: string, origin = ORIGIN) =>
  handleSignOut(new Request(`${ORIGIN}/sign-out`, { method: "POST", headers: { cookie, origin } }));

it("ends the session for every copy of its cookie, renewed ones too, and no other session", async () => {
  const ann = await makeUser(db);
  const [here, elsewhere] = [await cookieOf(ann), await cookieOf(ann)];
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 25 * 3_600_000 });
  const renewed = ((await visit(here)).headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  vi.useRealTimers();
  expect(renewed).not.toBe(here);
  expect((await signOut(here)).headers.get("set-cookie")).toMatch(/session-token=; Path=\/; Max-Age=0/);
  expect((await visit(here)).status).toBe(401);
  expect((await visit(renewed)).status).toBe(401);
  expect((await visit(elsewhere)).status).toBe(200);
  const records = await sql`select action from audit_records where object_id = ${ann.id}`;
  expect(records.map(({ action }) => action as unknown)).toEqual(["sign_out"]);
});

it("is not done for another site, and is done for whoever has no session", async () => {
  const cookie = await cookieOf(await makeUser(db));
  expect((await signOut(cookie, "https://evil.example")).status).toBe(403);
  expect((await visit(cookie)).status).toBe(200);
  expect((await signOut("next-auth.session-token=garbage")).status).toBe(303);
});
