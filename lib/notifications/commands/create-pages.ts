import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import type { TraceStep } from "#lib/events/trace";
import { newId } from "#lib/ids";
import type { Urgency } from "#lib/incidents/vocabulary";
import { readRecipients } from "#lib/notifications/queries/recipients";
import type { Recipient } from "#lib/notifications/queries/recipients";
import { limitOfPerson, limitOfService } from "#lib/notifications/low-urgency-hours";
import type { Limit } from "#lib/notifications/low-urgency-hours";
import { planPage } from "#lib/notifications/plan-page";
import type { PlannedDelivery } from "#lib/notifications/rules";
import type { Notice, PageReason } from "#lib/notifications/vocabulary";
import type { SupportHours } from "#lib/services/service";

export type PageRequest = {
  incidentId: string | null;
  userId: string;
  /** The incident's step: with incident and person it names the page, so that asking twice pages once. */
  step: number;
  reason: PageReason;
  urgency: Urgency;
  level: number | null;
  /** Why this person: target, schedule, shift or override. */
  trace: TraceStep[];
  /** What a page about no incident says, and the key under which this person is told of it once. */
  notice?: { says: Notice; key: string };
  /** Only these contact methods of the person, as far as they can be used; else by their rules. */
  contactMethodIds?: readonly string[];
};

export type CreatedPage = {
  pageId: string;
  incidentId: string | null;
  userId: string;
  step: number;
  deliveries: (PlannedDelivery & { deliveryId: string })[];
};

type Draft = CreatedPage & { request: PageRequest; trace: TraceStep[] };

/**
 * Pages people in the caller's transaction: plans each one's sends by their own rules and queues them. A page that exists already
 * (same incident, step and person, or same key) is left alone and not returned, nor is one that the person's rules leave out. Six
 * statements, however many requests.
 */
export async function createPages(
  scope: TransactionContext,
  requests: readonly PageRequest[],
): Promise<CreatedPage[]> {
  if (requests.length === 0) return [];
  const recipients = await readRecipients(
    scope.tx,
    requests.map((request) => request.userId),
  );
  const services = await readServiceLimits(scope, requests);
  const drafts = requests.flatMap((request) => {
    const recipient = recipients.get(request.userId);
    const service = services.get(request.incidentId ?? "");
    return recipient ? draftPage(scope.now, request, recipient, service ? [service] : []) : [];
  });
  const inserted = await insertPages(scope, drafts);
  const created = drafts.filter((draft) => inserted.has(draft.pageId));
  await insertDeliveries(scope, created);
  return created.map(({ pageId, incidentId, userId, step, deliveries }) => ({
    pageId,
    incidentId,
    userId,
    step,
    deliveries,
  }));
}

function draftPage(now: Date, request: PageRequest, recipient: Recipient, ofService: Limit[]): Draft[] {
  const { lowUrgencyHours, timeZone } = recipient;
  const plan = planPage({
    reason: request.reason,
    urgency: request.urgency,
    at: now,
    rules: recipient.rules,
    contactMethods: recipient.contactMethods,
    accountEmail: recipient.email,
    limits: [...ofService, ...(lowUrgencyHours ? [limitOfPerson(lowUrgencyHours, timeZone)] : [])],
    ...(request.contactMethodIds ? { contactMethodIds: request.contactMethodIds } : {}),
  });
  if (!plan) return [];
  return [
    {
      pageId: newId(now.getTime()),
      incidentId: request.incidentId,
      userId: request.userId,
      step: request.step,
      deliveries: plan.deliveries.map((delivery) => ({ ...delivery, deliveryId: newId(now.getTime()) })),
      request,
      trace: [...request.trace, ...plan.trace],
    },
  ];
}

/** The support hours that low urgency waits for, by incident: of the services that say so. */
async function readServiceLimits(
  { tx }: TransactionContext,
  requests: readonly PageRequest[],
): Promise<Map<string, Limit>> {
  const ids = requests.flatMap(({ incidentId, urgency }) =>
    urgency === "low" && incidentId ? incidentId : [],
  );
  if (ids.length === 0) return new Map();
  const rows = await tx.execute<{ id: string; hours: SupportHours }>(sql`
    select i.id, s.support_hours as hours from incidents i join services s on s.id = i.service_id
    where i.id = any(${sql.param(ids)}::text[]) and s.queue_low_urgency and s.support_hours is not null`);
  return new Map(rows.map(({ id, hours }) => [id, limitOfService(hours)]));
}

async function insertPages(scope: TransactionContext, drafts: readonly Draft[]): Promise<Set<string>> {
  const rows = drafts.map(({ pageId, request, trace }) => ({
    id: pageId,
    incident_id: request.incidentId,
    user_id: request.userId,
    step: request.step,
    reason: request.reason,
    urgency: request.urgency,
    level: request.level,
    trace,
    notice: request.notice?.says ?? null,
    notice_key: request.notice?.key ?? null,
  }));
  const inserted = await scope.tx.execute<{ id: string }>(sql`
    insert into pages (id, incident_id, user_id, step, reason, urgency, level, state, trace, notice, notice_key,
      created_at)
    select id, incident_id, user_id, step, reason, urgency, level, 'active', trace, nullif(notice, 'null'), notice_key,
      ${scope.now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id text, incident_id text, user_id text, step int, reason text, urgency text, level int, trace jsonb,
        notice jsonb, notice_key text)
    on conflict do nothing
    returning id`);
  return new Set(inserted.map((row) => row.id));
}

async function insertDeliveries(scope: TransactionContext, pages: readonly CreatedPage[]): Promise<void> {
  const rows = pages.flatMap((page) =>
    page.deliveries.map((delivery) => ({
      id: delivery.deliveryId,
      page_id: page.pageId,
      incident_id: page.incidentId,
      user_id: page.userId,
      contact_method_id: delivery.contactMethodId,
      channel: delivery.channel,
      address: delivery.address,
      delay_minutes: delivery.delayMinutes,
      due_at: delivery.dueAt.toISOString(),
      expires_at: delivery.expiresAt.toISOString(),
    })),
  );
  if (rows.length === 0) return;
  const now = scope.now.toISOString();
  const inserted = scope.tx.execute(sql`
    with planned as (
      insert into deliveries (id, page_id, incident_id, user_id, contact_method_id, channel, address, delay_minutes, state,
        due_at, expires_at, created_at)
      select id, page_id, incident_id, user_id, contact_method_id, channel, address, delay_minutes, 'queued', due_at,
        expires_at, ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r (id text, page_id text, incident_id text, user_id text, contact_method_id text, channel text, address text,
          delay_minutes int, due_at timestamptz, expires_at timestamptz)
      returning id
    )
    insert into delivery_states (delivery_id, state, at) select id, 'queued', ${now}::timestamptz from planned`);
  // Their time may be now: the engine sleeps until the next instant it knows of.
  await Promise.all([inserted, scope.tx.execute(sql`select pg_notify('touchline_engine', 'deliver')`)]);
}
