import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "#db/connect";
import { incidents } from "#db/schema/incidents";
import {
  actAs,
  makeContactMethod,
  makeIntegration,
  makeNotificationRule,
  makePolicy,
  makeService,
  makeUser,
} from "#lib/testing/factories";
import type { IncidentDetailDto } from "#lib/incidents/schemas";
import { logSentence } from "#lib/incidents/log-sentence";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { listLogEntries } from "#lib/incidents/queries/timeline";
import type { ReceivedMail } from "#scripts/acceptance/mailbox";
import { startMailbox } from "#scripts/acceptance/mailbox";
import { onStage, sendEvent } from "#scripts/acceptance/stage";
import type { Stage } from "#scripts/acceptance/stage";

const FIRST_MAIL_MS = 1_000;
const LEVEL_MS = 60_000;
/** How much later than its minute an escalation may be in somebody's mailbox. */
const LATE_MS = 1_000;

await onStage(
  "A page by e-mail, its escalation after a minute of real time, and the link that ends it.",
  play,
);

async function play(stage: Stage): Promise<void> {
  const { check, database, waitFor } = stage;
  const mailbox = await startMailbox();
  stage.finally(mailbox.stop);
  const { key, ann, ben } = await makeOrganisation(database.db);
  const url = await stage.serve({ SMTP_URL: mailbox.url });

  const accepted = await sendEvent(url, {
    routing_key: key,
    event_action: "trigger",
    payload: { summary: "Checkout answers 5xx", source: "acceptance", severity: "critical" },
  });
  const first = await waitFor(() => mailbox.mails[0], 30_000);
  if (!first) throw new Error("No mail came within 30 s.");
  const took = first.at - accepted;
  check(first.to === ann.email, `the first mail went to Ann: ${first.subject}`);
  check(
    took <= FIRST_MAIL_MS,
    `it was in the mailbox ${took} ms after the 202 (at most ${FIRST_MAIL_MS} ms)`,
  );

  const second = await waitFor(() => mailbox.mails[1], LEVEL_MS + 30_000);
  if (!second) throw new Error("Nobody else was told.");
  const waited = second.at - accepted;
  check(second.to === ben.email, `then Ben's, a level later: ${second.subject}`);
  check(
    waited >= LEVEL_MS - LATE_MS && waited <= LEVEL_MS + LATE_MS,
    `it came ${(waited / 1000).toFixed(2)} s after the 202 (a level of one minute, ${LATE_MS} ms either way)`,
  );

  await acknowledge(stage, url, second);
  await delay(LEVEL_MS + 10_000, undefined, { signal: stage.signal });
  check(
    mailbox.mails.length === 2,
    "70 s later nothing more was sent: the third level was due and did not come",
  );

  await tellTimeline(database.db);
}

async function makeOrganisation(db: Database) {
  const [ann, ben] = [await makeUser(db, { name: "Ann" }), await makeUser(db, { name: "Ben" })];
  for (const { id: userId, email: address } of [ann, ben]) {
    const { id: contactMethodId } = await makeContactMethod(db, { userId, address });
    await makeNotificationRule(db, { userId, contactMethodId });
  }
  const level = (user: { id: string }) => ({
    delayMinutes: 1,
    targets: [{ type: "user" as const, id: user.id }],
  });
  const policy = await makePolicy(db, { levels: [level(ann), level(ben)], numLoops: 3 });
  const service = await makeService(db, { name: "Checkout", escalationPolicyId: policy.id });
  const { key } = await makeIntegration(db, { serviceId: service.id, name: "Monitor" });
  return { key, ann, ben };
}

/** Does what a person does with the mail's link: open it, press the button. */
async function acknowledge({ check, database }: Stage, url: string, mail: ReceivedMail): Promise<void> {
  const link = /^Acknowledge: (\S+)$/m.exec(mail.text)?.[1];
  if (link === undefined) throw new Error(`The mail has no link:\n${mail.text}`);
  const status = async () => (await theIncident(database.db)).status;
  const opened = await fetch(link);
  check(
    opened.status === 200 && (await status()) === "triggered",
    "opening the mail's link shows and changes nothing",
  );
  const pressed = await fetch(link, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: url },
    body: "action=acknowledge",
  });
  check(pressed.status === 200 && (await status()) === "acknowledged", "its button acknowledges");
}

async function tellTimeline(db: Database): Promise<void> {
  const incident = await theIncident(db);
  const start = Date.parse(incident.createdAt);
  console.log(`\n  The timeline of #${incident.number}, ${incident.title}:`);
  for (const entry of await listLogEntries(actAs(db), incident.id)) {
    const after = `T+${((Date.parse(entry.at) - start) / 1000).toFixed(1)} s`;
    console.log(`    ${after.padStart(10)}  ${logSentence(entry)}`);
  }
}

async function theIncident(db: Database): Promise<IncidentDetailDto> {
  const [{ id } = { id: "" }] = await db.select({ id: incidents.id }).from(incidents);
  return getIncident(actAs(db), id);
}
