import { snapshotPolicies } from "#lib/escalation/queries/snapshot-policies";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import {
  makeContactMethod,
  makeNotificationRule,
  makePolicy,
  makeSchedule,
  makeService,
  makeUser,
} from "#lib/testing/factories";
import type { TestDatabase } from "#lib/testing/test-database";

const PEOPLE = 300;
const POLICIES = 60;

/**
 * An organisation of 300 people and 60 policies (a schedule, then a person) with so many triggered incidents at level 1, each with
 * its escalation and its auto-resolve hours ahead.
 */
export async function makeOpenIncidents({ db, sql, now }: TestDatabase, count: number): Promise<void> {
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => makeReachable(db)));
  const personAt = (index: number) => people[index % people.length] ?? "";
  const services = await Promise.all(
    Array.from({ length: POLICIES }, async (_, index) => {
      const schedule = await makeSchedule(db, {
        userIds: [0, 1, 2, 3, 4].map((offset) => personAt(index * 5 + offset)),
      });
      const policy = await makePolicy(db, {
        levels: [
          { targets: [{ type: "schedule", id: schedule.id }] },
          { targets: [{ type: "user", id: personAt(index + 1) }] },
        ],
      });
      const service = await makeService(db, { escalationPolicyId: policy.id });
      return { id: service.id, policyId: policy.id, scheduleId: schedule.id };
    }),
  );
  const snapshots = await snapshotPolicies(
    db,
    services.map(({ policyId }) => policyId),
  );
  const onCall = await onCallNow(
    db,
    services.map(({ scheduleId }) => scheduleId),
    await now(),
  );
  const rows = services.map(({ id, policyId, scheduleId }, index) => ({
    index,
    id,
    schedule: scheduleId,
    holder: onCall.get(scheduleId)?.[0]?.userId,
    policy: snapshots.get(policyId),
  }));
  await sql`
    insert into incidents (id, title, status, urgency, service_id, policy_snapshot, level, step, watched_schedule_ids, detection_source, origin,
      started_at, detected_at, created_at, last_status_change_at, updated_at)
    select 'B' || lpad(n::text, 13, '0'), 'Symptom ' || n, 'triggered', 'high', s.id, s.policy, 1, 1, array[s.schedule], 'monitoring', 'event',
      now(), now(), now(), now(), now()
    from generate_series(0, ${count - 1}::int) as n
    join jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as s (index int, id text, schedule text, holder text, policy jsonb)
      on s.index = n % ${services.length}::int`;
  await sql`
    insert into incident_assignments (incident_id, user_id, at)
    select i.id, s.holder, now() from incidents i
    join jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as s (id text, holder text) on s.id = i.service_id`;
  await sql`
    insert into pending_actions (incident_id, type, at, generation)
    select i.id, t.type, now() + interval '3 hours' + random() * interval '1 hour', i.generation
    from incidents i cross join (values ('escalate'), ('resolve')) as t (type)`;
  await sql`vacuum analyze`;
}

async function makeReachable(db: TestDatabase["db"]): Promise<string> {
  const { id: userId } = await makeUser(db);
  const method = await makeContactMethod(db, { userId, channel: "email" });
  await makeNotificationRule(db, { userId, contactMethodId: method.id, urgency: "high" });
  return userId;
}
