import { and, asc, isNull } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationPolicies } from "#db/schema/escalation";
import { contactMethods, notificationRules, users } from "#db/schema/people";
import { readNow, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { loadLevelsNow, peopleOfLevel } from "#lib/escalation/queries/levels-now";
import type { Urgency } from "#lib/incidents/vocabulary";
import { chooseSends } from "#lib/notifications/rules";
import { readAvailableChannels } from "#lib/notifications/queries/available-channels";
import type { Channel } from "#lib/notifications/vocabulary";
import { judgePolicy } from "#lib/people/policy-readiness";
import type { PolicyReadiness } from "#lib/people/policy-readiness";
import { isPageable } from "#lib/people/queries/pageable";
import { loadReadiness } from "#lib/people/queries/readiness";
import { judgeReadiness } from "#lib/people/readiness";
import type { Readiness } from "#lib/people/readiness";
import { DAY } from "#lib/time/calendar";

/** How one kind of way to reach somebody stands. `untested`: nothing proved it within 30 days. */
export type CellState = "tested" | "untested" | "failing" | "off" | "none";
export const MATRIX_COLUMNS = ["push", "sms", "phone", "email", "chat"] as const;
export type MatrixColumn = (typeof MATRIX_COLUMNS)[number];

export type ReadinessRow = {
  id: string;
  name: string;
  readiness: Readiness;
  cells: Record<MatrixColumn, CellState>;
  /** Whether rules of their own, not the default ladder, say how each urgency is told. */
  rules: Record<Urgency, boolean>;
  /** No way that high urgency uses was proved within 30 days. */
  untested: boolean;
  selfTest: boolean;
};

export type PolicyRow = {
  id: string;
  name: string;
  slug: string;
  teamId: string | null;
  readiness: PolicyReadiness;
};

export type ReadinessMatrix = { people: ReadinessRow[]; policies: PolicyRow[] };

const TESTED_WITHIN_DAYS = 30;
const RANK = { unreachable: 0, partly: 1, ready: 2 };

/** Everybody who can be paged, and every policy, worst first. */
export async function readReadinessMatrix(ctx: Context): Promise<ReadinessMatrix> {
  requirePermission(ctx.actor, "read");
  return loadReadinessMatrix(ctx.db, await readNow(ctx.db));
}

/** The same at `now`, without the check of rights; a fixed number of queries. */
export async function loadReadinessMatrix(db: Database | Transaction, now: Date): Promise<ReadinessMatrix> {
  const [people, policies] = await Promise.all([loadPeople(db, now), loadPolicies(db, now)]);
  return { people, policies };
}

async function loadPeople(db: Database | Transaction, now: Date): Promise<ReadinessRow[]> {
  const [people, methods, rules, available] = await Promise.all([
    db
      .select({ id: users.id, name: users.name, selfTest: users.selfTest })
      .from(users)
      .where(isPageable())
      .orderBy(asc(users.name)),
    db.select().from(contactMethods),
    db.select().from(notificationRules),
    readAvailableChannels(db),
  ]);
  const readiness = await loadReadiness(
    db,
    people.map(({ id }) => id),
  );
  const methodsOf = Map.groupBy(methods, ({ userId }) => userId);
  const rulesOf = Map.groupBy(rules, ({ userId }) => userId);
  const rows = people.map(({ id, name, selfTest }) => {
    const own = (methodsOf.get(id) ?? []).map((row) => ({ ...row, available: available.has(row.channel) }));
    const ownRules = rulesOf.get(id) ?? [];
    const used = chooseSends({ rules: ownRules, contactMethods: own, urgency: "high" }).sends;
    return {
      id,
      name,
      selfTest,
      readiness: readiness.get(id) ?? judgeReadiness([], []),
      cells: cellsOf(own, now),
      rules: { high: hasRules(ownRules, "high"), low: hasRules(ownRules, "low") },
      untested: !used.some(({ method }) => isTested(method, now)),
    };
  });
  return rows.toSorted((a, b) => RANK[a.readiness.state] - RANK[b.readiness.state]);
}

type Method = typeof contactMethods.$inferSelect & { available: boolean };

function hasRules(rules: readonly { urgency: Urgency | null }[], urgency: Urgency): boolean {
  return rules.some((rule) => rule.urgency === urgency);
}

function cellsOf(methods: readonly Method[], now: Date): Record<MatrixColumn, CellState> {
  const best = (column: MatrixColumn) => {
    const states = methods
      .filter(({ channel }) => COLUMNS[channel] === column)
      .map((method) => stateOf(method, now));
    return ORDER.find((state) => states.includes(state)) ?? "none";
  };
  return {
    push: best("push"),
    sms: best("sms"),
    phone: best("phone"),
    email: best("email"),
    chat: best("chat"),
  };
}

const ORDER: readonly CellState[] = ["tested", "untested", "failing", "off"];

const COLUMNS: Record<Channel, MatrixColumn> = {
  push: "push",
  ntfy: "push",
  pushover: "push",
  sms: "sms",
  phone: "phone",
  email: "email",
  slack: "chat",
  webhook: "chat",
  teams: "chat",
  mattermost: "chat",
  discord: "chat",
  google_chat: "chat",
  telegram: "chat",
};

function stateOf(method: Method, now: Date): CellState {
  if (!method.enabled || !method.available) return "off";
  const { lastFailedAt, lastDeliveredAt } = method;
  if (lastFailedAt !== null && (lastDeliveredAt === null || lastFailedAt > lastDeliveredAt)) return "failing";
  return isTested(method, now) ? "tested" : "untested";
}

function isTested({ verifiedAt }: Pick<Method, "verifiedAt">, now: Date): boolean {
  return verifiedAt !== null && now.getTime() - verifiedAt.getTime() < TESTED_WITHIN_DAYS * DAY;
}

async function loadPolicies(db: Database | Transaction, now: Date): Promise<PolicyRow[]> {
  const policies = await db
    .select({
      id: escalationPolicies.id,
      name: escalationPolicies.name,
      slug: escalationPolicies.slug,
      teamId: escalationPolicies.teamId,
    })
    .from(escalationPolicies)
    .where(and(isNull(escalationPolicies.deletedAt)))
    .orderBy(asc(escalationPolicies.name));
  const levels = await loadLevelsNow(
    db,
    policies.map(({ id }) => id),
    now,
  );
  const told = [...levels.values()].flat().flatMap((level) => peopleOfLevel(level).map(({ id }) => id));
  const readiness = await loadReadiness(db, told);
  const rows = policies.map((policy) => ({
    ...policy,
    readiness: judgePolicy(
      (levels.get(policy.id) ?? []).map((level) => ({
        level: level.position,
        people: peopleOfLevel(level).map(({ id, name }) => ({
          name,
          state: readiness.get(id)?.state ?? "unreachable",
        })),
      })),
    ),
  }));
  return rows.toSorted((a, b) => RANK[a.readiness.state] - RANK[b.readiness.state]);
}
