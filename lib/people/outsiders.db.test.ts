import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { contactMethods, users } from "#db/schema/people";
import { makeFeed } from "#lib/calendars/commands/make-feed";
import { removeFeed } from "#lib/calendars/commands/remove-feed";
import { rotateFeed } from "#lib/calendars/commands/rotate-feed";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { addContactMethod } from "#lib/notifications/commands/add-contact-method";
import { addHandoffRule } from "#lib/notifications/commands/add-handoff-rule";
import { addNotificationRule } from "#lib/notifications/commands/add-notification-rule";
import { confirmNumber } from "#lib/notifications/commands/confirm-number";
import { removeContactMethod } from "#lib/notifications/commands/remove-contact-method";
import { removeNotificationRule } from "#lib/notifications/commands/remove-notification-rule";
import { sendTestPage } from "#lib/notifications/commands/send-test-page";
import { sendVerificationCode } from "#lib/notifications/commands/send-verification-code";
import { setNotificationPreferences } from "#lib/notifications/commands/set-notification-preferences";
import { setNotificationRules } from "#lib/notifications/commands/set-notification-rules";
import { updateContactMethod } from "#lib/notifications/commands/update-contact-method";
import { updateNotificationRule } from "#lib/notifications/commands/update-notification-rule";
import { readNotificationSettings } from "#lib/notifications/queries/settings";
import { addShadow } from "#lib/on-call/commands/add-shadow";
import { addTimeOff } from "#lib/on-call/commands/add-time-off";
import { removeShadow } from "#lib/on-call/commands/remove-shadow";
import { removeTimeOff } from "#lib/on-call/commands/remove-time-off";
import { createApiKey } from "#lib/organisation/commands/create-api-key";
import { revokeApiKey } from "#lib/organisation/commands/revoke-api-key";
import { rotateApiKey } from "#lib/organisation/commands/rotate-api-key";
import { listApiKeys } from "#lib/organisation/queries/api-keys";
import { endSessions } from "#lib/people/commands/end-sessions";
import { setPassword } from "#lib/people/commands/set-password";
import { updateUser } from "#lib/people/commands/update-user";
import { removeView, saveView } from "#lib/reports/commands/save-view";
import { endSchedule, scheduleReport } from "#lib/reports/commands/schedule-report";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeContactMethod,
  makeNotificationRule,
  makeSchedule,
  makeUser,
} from "#lib/testing/factories";

const { db } = await useDatabase();
const ann = await makeUser(db, { name: "Ann", role: "responder" });
const hers = actAs(db, ann);
const schedule = await makeSchedule(db);
const method = await makeContactMethod(db, { userId: ann.id, channel: "sms", address: "+14155550123" });
const rule = await makeNotificationRule(db, { userId: ann.id, contactMethodId: method.id });
const webhook = "https://hooks.example.com/T0/B0/secret-of-ann";
const chat = await makeContactMethod(db, {
  userId: ann.id,
  channel: "webhook",
  address: webhook,
  lastError: `404 from ${webhook}`,
});
const key = await createApiKey(hers, { name: "Hers", scope: "full" });
const feed = await makeFeed(hers, { scheduleId: null });
const view = await saveView(hers, { name: "Hers", path: "/incidents", query: "", shared: false });
const report = await scheduleReport(hers, {
  name: "Hers",
  report: "response",
  query: "",
  recipients: [ann.email],
  cadence: { every: "day", on: null, minute: 0, timeZone: "Etc/UTC" },
});
const away = await addTimeOff(hers, { firstDay: "2099-01-01", lastDay: "2099-01-02" });
const span = { startsAt: new Date("2099-01-01T00:00:00Z"), endsAt: new Date("2099-01-02T00:00:00Z") };
const shadow = await addShadow(hers, { scheduleId: schedule.id, userId: ann.id, ...span });

const userId = ann.id;
const contactMethodId = method.id;
const ATTEMPTS: Record<string, (ctx: Context) => Promise<unknown>> = {
  "rename her": (ctx) => updateUser(ctx, { userId, name: "Mallory" }),
  "take her address": (ctx) => updateUser(ctx, { userId, email: "mallory@example.com" }),
  "set her password": (ctx) => setPassword(ctx, { userId, password: "correct horse battery" }),
  "sign her out": (ctx) => endSessions(ctx, userId),
  "page her elsewhere": (ctx) =>
    addContactMethod(ctx, { userId, channel: "email", label: "x", address: "mallory@example.com" }),
  "switch her phone off": (ctx) => updateContactMethod(ctx, { contactMethodId, enabled: false }),
  "remove her phone": (ctx) => removeContactMethod(ctx, { contactMethodId }),
  "text her": (ctx) => sendTestPage(ctx, { contactMethodId }),
  "send her a code": (ctx) => sendVerificationCode(ctx, { contactMethodId }),
  "guess her code": (ctx) => confirmNumber(ctx, { contactMethodId, code: "000000" }),
  "add a rule": (ctx) =>
    addNotificationRule(ctx, { userId, contactMethodId, urgency: "high", delayMinutes: 30 }),
  "add a hand-off rule": (ctx) =>
    addHandoffRule(ctx, { userId, contactMethodId, handoffType: "both", advanceMinutes: 0 }),
  "delay her pages": (ctx) => updateNotificationRule(ctx, { ruleId: rule.id, delayMinutes: 30 }),
  "remove her rule": (ctx) => removeNotificationRule(ctx, { ruleId: rule.id }),
  "take all her rules": (ctx) =>
    setNotificationRules(ctx, { userId, kind: "assigned", urgency: "high", rules: [] }),
  "quieten her": (ctx) =>
    setNotificationPreferences(ctx, {
      userId,
      selfTest: false,
      lowUrgencyHours: { mode: "quiet", startTime: "00:00", endTime: "23:59", daysOfWeek: [1] },
    }),
  "revoke her key": (ctx) => revokeApiKey(ctx, { keyId: key.id }),
  "rotate her key": (ctx) => rotateApiKey(ctx, { keyId: key.id }),
  "rotate her calendar": (ctx) => rotateFeed(ctx, feed.id),
  "remove her calendar": (ctx) => removeFeed(ctx, feed.id),
  "remove her view": (ctx) => removeView(ctx, { viewId: view.id }),
  "end her report": (ctx) => endSchedule(ctx, { scheduleId: report.id }),
  "send her away": (ctx) => addTimeOff(ctx, { userId, firstDay: "2099-02-01", lastDay: "2099-02-02" }),
  "bring her back": (ctx) => removeTimeOff(ctx, away.id),
  "let her follow": (ctx) => addShadow(ctx, { scheduleId: schedule.id, userId, ...span }),
  "end her following": (ctx) => removeShadow(ctx, { scheduleId: schedule.id, shadowId: shadow.id }),
};

const OUTSIDERS = {
  responder: actAs(db, await makeUser(db, { role: "responder" })),
  stakeholder: actAs(db, await makeUser(db, { role: "stakeholder" })),
};

it.each(Object.entries(OUTSIDERS))("a %s can't touch what is another person's", async (_, outsider) => {
  const came: Record<string, string> = {};
  for (const [what, attempt] of Object.entries(ATTEMPTS)) {
    came[what] = await attempt(outsider).then(
      () => "done",
      (error: unknown) => (error instanceof AppError ? error.code : JSON.stringify(error)),
    );
  }
  const refused = Object.keys(ATTEMPTS).map((what) => [
    what,
    expect.stringMatching(/^(forbidden|not_found)$/),
  ]);
  expect(came).toEqual(Object.fromEntries(refused));
  expect((await db.select().from(users).where(eq(users.id, userId)))[0]).toEqual(ann);
  expect(await db.select().from(contactMethods).where(eq(contactMethods.id, method.id))).toEqual([method]);
});

it("the addresses that work like passwords, and what their servers said, are for their person", async () => {
  for (const outsider of Object.values(OUTSIDERS)) {
    const seen = JSON.stringify(await readNotificationSettings(outsider, { userId }));
    expect(seen).toContain(chat.id);
    expect(seen).not.toContain("secret-of-ann");
    expect(JSON.stringify(await listApiKeys(outsider))).not.toContain(key.id);
  }
});
