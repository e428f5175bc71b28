import { nextAttempt } from "#lib/notifications/backoff";
import type { DeliveryState, PageReason } from "#lib/notifications/vocabulary";

const NEXT: Record<DeliveryState, readonly DeliveryState[]> = {
  queued: ["sending", "cancelled", "expired"],
  // To itself: the lease ran out, because whoever had it died.
  sending: ["sending", "retrying", "accepted", "delivered", "acted", "failed", "cancelled", "expired"],
  retrying: ["sending", "delivered", "acted", "cancelled", "expired"],
  // The provider took it, and may report later that it did not arrive.
  accepted: ["delivered", "acted", "failed", "retrying"],
  delivered: ["acted"],
  acted: [],
  // A person who answers a send that we had given up is proof that it arrived.
  failed: ["delivered", "acted"],
  cancelled: ["delivered", "acted"],
  expired: [],
};

/** The states in which nothing more will be sent. */
export const ENDED_STATES: readonly DeliveryState[] = [
  "accepted",
  "delivered",
  "acted",
  "failed",
  "cancelled",
  "expired",
];

/** The states in which a send is still to come. */
export const WAITING_STATES: readonly DeliveryState[] = ["queued", "retrying"];

export type Move = { kind: "move"; to: DeliveryState } | { kind: "refused"; because: string };

/** Whether a delivery may go from one state to another. */
export function moveDelivery(from: DeliveryState, to: DeliveryState): Move {
  if (NEXT[from].includes(to)) return { kind: "move", to };
  return { kind: "refused", because: `A delivery that is ${from} can't become ${to}.` };
}

/** The states from which `to` may be reached. */
export function statesBefore(to: DeliveryState): DeliveryState[] {
  return (Object.keys(NEXT) as DeliveryState[]).filter((from) => NEXT[from].includes(to));
}

export type SendResult =
  | {
      kind: "accepted";
      providerId: string | null;
      detail: string;
      /** Where the message stands and how the provider knows it, if it can be changed afterwards. */
      message?: { address: string; ref: string };
    }
  | {
      kind: "failed";
      /** Whether trying again can help. */
      retry: boolean;
      /** How long the provider asks us to wait before. */
      retryAfterMs?: number;
      detail: string;
      /** The address will never work again: it is switched off. */
      invalidDestination?: boolean;
    };

export type SendCheck = { kind: "send" } | { kind: "cancelled"; because: string } | SendResult;

/** What must be true of the incident for a page to be of use: it waits for somebody, and for whom. */
const WANTED: Partial<Record<PageReason, "open" | "always" | "triggered">> = {
  told: "triggered",
  nobody_answered: "triggered",
  requested: "open",
  changed: "always",
  status_update: "always",
};

/** The last look before a send leaves: whether it is still wanted, and still possible. */
export function checkSend(facts: {
  pageActive: boolean;
  reason: PageReason;
  /** Null for a test or a notice. */
  incident: { status: string; assigned: boolean } | null;
  personActive: boolean;
  methodEnabled: boolean;
}): SendCheck {
  const obsolete = whyObsolete(facts);
  if (obsolete !== null) return { kind: "cancelled", because: obsolete };
  if (!facts.personActive) return { kind: "cancelled", because: "The account is deactivated." };
  if (!facts.methodEnabled)
    return { kind: "failed", retry: false, detail: "The contact method is switched off." };
  return { kind: "send" };
}

/** Why nobody needs the page any more; null: somebody does. */
function whyObsolete({
  pageActive,
  reason,
  incident,
}: {
  pageActive: boolean;
  reason: PageReason;
  incident: { status: string; assigned: boolean } | null;
}): string | null {
  if (!pageActive) return "The page had ended.";
  const wanted = WANTED[reason] ?? "mine";
  if (!incident || wanted === "always") return null;
  const isOver = wanted === "open" ? incident.status === "resolved" : incident.status !== "triggered";
  if (isOver) return `The incident was ${incident.status} before it left.`;
  return wanted === "mine" && !incident.assigned ? "The incident was no longer this person's." : null;
}

export type Outcome = { state: DeliveryState; detail: string; dueAt: Date | null };

/** What becomes of a delivery after an attempt, or without one: its next state, and when it is tried again. */
export function settle(input: {
  result: SendResult | { kind: "cancelled" | "expired"; because: string };
  /** Attempts that failed before this one. */
  failures: number;
  now: Date;
  expiresAt: Date;
  pageActive: boolean;
  spread: number;
}): Outcome {
  const { result } = input;
  if (result.kind === "accepted") return { state: "accepted", detail: result.detail, dueAt: null };
  if (result.kind !== "failed") return { state: result.kind, detail: result.because, dueAt: null };
  if (!input.pageActive) {
    return {
      state: "cancelled",
      detail: `Not tried again, the page had ended. ${result.detail}`,
      dueAt: null,
    };
  }
  if (!result.retry) return { state: "failed", detail: result.detail, dueAt: null };
  const next = nextAttempt({
    ...input,
    failures: input.failures + 1,
    notBeforeMs: result.retryAfterMs ?? 0,
  });
  if (next.kind === "retry") return { state: "retrying", detail: result.detail, dueAt: next.at };
  return { state: "failed", detail: `${result.detail} Given up: ${next.because}.`, dueAt: null };
}

/** Somebody who does not answer is called once more, after a minute: many phones let the second call of a number through. */
const SECOND_TRY_MS = 60_000;
const TRIES_AFTER_REPORT = 2;

/**
 * What becomes of a send that its provider took and then could not bring to the person; null: nothing, since the report is late, repeated
 * or about an earlier attempt.
 */
export function afterReport(input: {
  state: DeliveryState;
  /** How often the provider took it. */
  accepted: number;
  isAboutAnotherAttempt: boolean;
  canRetry: boolean;
  now: Date;
  expiresAt: Date;
}): { state: "retrying" | "failed"; dueAt: Date | null } | null {
  if (input.isAboutAnotherAttempt) return null;
  const dueAt = new Date(input.now.getTime() + SECOND_TRY_MS);
  const retries = input.canRetry && input.accepted < TRIES_AFTER_REPORT && dueAt < input.expiresAt;
  const state = retries ? "retrying" : "failed";
  if (moveDelivery(input.state, state).kind === "refused") return null;
  return { state, dueAt: retries ? dueAt : null };
}
