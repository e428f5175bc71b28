import pino from "pino";
import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { inbox } from "#db/schema/events";
import { incidents, logEntries } from "#db/schema/incidents";
import { pages } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { openPaused } from "#lib/engine/modules/open-paused";
import { runPendingActions } from "#lib/engine/modules/pending-actions";
import type { EngineModule } from "#lib/engine/module";
import type { NormalisedEvent } from "#lib/events/event";
import { laneOf } from "#lib/events/lane";
import {
  makeIntegration,
  makeNotificationRule,
  makePolicy,
  makeService,
  makeUser,
} from "#lib/testing/factories";

const log = pino({ level: "silent" });

/** Runs the modules as one engine would, until none of them finds anything due. */
export async function tick(
  db: Database,
  engineId = "test",
  modules: readonly EngineModule[] = PAGING,
): Promise<void> {
  let worked = 1;
  while (worked > 0) {
    worked = 0;
    for (const each of modules) worked += (await each.run({ db, engineId, log })).worked;
  }
}

const PAGING = [processInbox, openPaused, runPendingActions];

/** A service whose policy tells Ann at once and Ben after 30 minutes, each by e-mail at once; and a key to send events to. */
export async function makeScene(
  db: Database,
  values: { numLoops?: number } & Parameters<typeof makeService>[1] = {},
) {
  const { numLoops = 0, ...service } = values;
  const ann = await makeUser(db, { name: "Ann" });
  const ben = await makeUser(db, { name: "Ben" });
  for (const user of [ann, ben]) {
    await makeNotificationRule(db, { userId: user.id, urgency: "high" });
    await makeNotificationRule(db, { userId: user.id, urgency: "low" });
  }
  const policy = await makePolicy(db, {
    numLoops,
    levels: [
      { delayMinutes: 30, targets: [{ type: "user", id: ann.id }] },
      { delayMinutes: 30, targets: [{ type: "user", id: ben.id }] },
    ],
  });
  const made = await makeService(db, { escalationPolicyId: policy.id, ...service });
  const integration = await makeIntegration(db, { serviceId: made.id });
  return { ann, ben, policy, service: made, integration };
}

export type EventInput = Partial<NormalisedEvent> & { dedupKey: string };

/** Puts events into the inbox, as accepted by the intake. */
export async function accept(db: Database, integrationId: string, ...events: EventInput[]): Promise<void> {
  for (const { dedupKey, action = "trigger", ...rest } of events) {
    const event = {
      summary: `Symptom ${dedupKey}`,
      source: "host-1",
      severity: "critical",
      timestamp: null,
      component: null,
      group: null,
      class: null,
      customDetails: {},
      links: [],
      images: [],
      client: null,
      clientUrl: null,
      warnings: [],
      ...rest,
      action,
      dedupKey,
    };
    await db.insert(inbox).values({
      id: sql`nextval('inbox_id_seq')`,
      receivedAt: sql`now()`,
      lane: laneOf(integrationId, dedupKey),
      integrationId,
      source: "events_v2",
      action,
      dedupKey,
      event: JSON.stringify(event),
    });
  }
}

/** The pages so far, oldest step first: "Ann assigned", "Ben escalated" … */
export async function pagesOf(db: Database): Promise<string[]> {
  const rows = await db
    .select({ name: users.name, reason: pages.reason, step: pages.step, state: pages.state })
    .from(pages)
    .innerJoin(users, sql`${users.id} = ${pages.userId}`)
    .orderBy(pages.incidentId, pages.step, users.name);
  return rows.map(({ name, reason }) => `${name} ${reason}`);
}

/** The one incident, and the types of its log entries in order. */
export async function story(db: Database) {
  const [incident] = await db.select().from(incidents).orderBy(incidents.number);
  if (!incident) throw new Error("There is no incident.");
  const entries = await db
    .select({ type: logEntries.type })
    .from(logEntries)
    .where(sql`${logEntries.incidentId} = ${incident.id}`)
    .orderBy(logEntries.at, logEntries.id);
  return { incident, log: entries.map(({ type }) => type) };
}
