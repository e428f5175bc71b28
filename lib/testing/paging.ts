import pino from "pino";
import { asc, eq } from "drizzle-orm";
import type { Database } from "#db/connect";
import { deliveries, deliveryStates } from "#db/schema/notifications";
import type { EngineModule } from "#lib/engine/module";
import { deliverModule } from "#lib/engine/modules/deliver";
import { declareIncident } from "#lib/incidents/commands/declare";
import { CAPABILITIES } from "#lib/notifications/capability";
import type { ChannelSender, Destination } from "#lib/notifications/channels/channel";
import type { Senders } from "#lib/notifications/channels/registry";
import type { SendResult } from "#lib/notifications/delivery";
import type { PageFacts } from "#lib/notifications/page-facts";
import type { Channel } from "#lib/notifications/vocabulary";
import {
  actAs,
  makeContactMethod,
  makeNotificationRule,
  makePolicy,
  makeService,
  makeUser,
} from "#lib/testing/factories";

export const silent = pino({ level: "silent" });

/** One contact method and when it is used, for high urgency. */
export type Step = { channel: Channel; delayMinutes?: number; address?: string; secret?: string };

/** Maya, reached by these steps, is paged for an incident that goes to Ben after half an hour. */
export async function pageSomebody(db: Database, steps: readonly Step[], title = "Checkout 5xx above 4 %") {
  const maya = await makeUser(db, { name: "Maya Rao", timeZone: "Europe/Berlin" });
  const ben = await makeUser(db, { name: "Ben Ng" });
  const methods = [];
  for (const { delayMinutes = 0, ...values } of steps) {
    const method = await makeContactMethod(db, { userId: maya.id, ...values });
    await makeNotificationRule(db, { userId: maya.id, contactMethodId: method.id, delayMinutes });
    methods.push(method);
  }
  const policy = await makePolicy(db, {
    levels: [
      { delayMinutes: 30, targets: [{ type: "user", id: maya.id }] },
      { delayMinutes: 30, targets: [{ type: "user", id: ben.id }] },
    ],
  });
  const service = await makeService(db, { escalationPolicyId: policy.id });
  const incident = await declareIncident(actAs(db), { title, serviceId: service.id });
  return { maya, ben, methods, service, incidentId: incident.id };
}

export type Sent = { key: string; facts: PageFacts; destination: Destination };

/** A channel that keeps what it was asked to send and answers as told. */
export function recorder(
  channel: Channel,
  answer: (sent: Sent) => SendResult | Promise<SendResult> = accept,
) {
  const sent: Sent[] = [];
  const sender: ChannelSender = {
    channel,
    capabilities: CAPABILITIES[channel],
    async send(facts, destination, { idempotencyKey }) {
      const one = { key: idempotencyKey, facts, destination };
      sent.push(one);
      return answer(one);
    },
  };
  return { sent, sender };
}

export function accept(): SendResult {
  return { kind: "accepted", providerId: "provider-1", detail: "taken" };
}

const NONE: Senders = {
  email: null,
  push: null,
  slack: null,
  webhook: null,
  sms: null,
  phone: null,
  teams: null,
  mattermost: null,
  discord: null,
  google_chat: null,
  telegram: null,
  ntfy: null,
  pushover: null,
};

/** The delivery module with these channels alone. */
export function delivering(senders: Partial<Senders>): EngineModule {
  return deliverModule(() => ({ ...NONE, ...senders }));
}

/** Runs a module as an engine of that name, once. */
export function runOnce(db: Database, module: EngineModule, engineId = "engine-1") {
  return module.run({ db, engineId, log: silent });
}

/** Every delivery with the states it went through, in the order of their planned time. */
export async function deliveryStories(db: Database) {
  const rows = await db.select().from(deliveries).orderBy(asc(deliveries.createdAt), asc(deliveries.id));
  return Promise.all(
    rows.map(async (delivery) => {
      const steps = await db
        .select({ state: deliveryStates.state, detail: deliveryStates.detail })
        .from(deliveryStates)
        .where(eq(deliveryStates.deliveryId, delivery.id))
        .orderBy(asc(deliveryStates.id));
      return {
        delivery,
        channel: delivery.channel,
        steps: steps.map(({ state }) => state),
        last: steps.at(-1)?.detail,
      };
    }),
  );
}
