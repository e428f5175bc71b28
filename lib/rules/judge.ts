import { NO_TERMS } from "#lib/alerts/verdict";
import type { RuleVerdict } from "#lib/alerts/verdict";
import type { NormalisedEvent } from "#lib/events/event";
import { judgeBySet } from "#lib/rules/evaluate";
import type { Call, Hit, JudgingSet, Subject, Surroundings } from "#lib/rules/evaluate";

/** The rule sets that an event may pass. `ofService`: the own set of each service. */
export type Sets = {
  global: JudgingSet | null;
  router: JudgingSet | null;
  unrouted: JudgingSet | null;
  ofService: (serviceId: string) => JudgingSet | null;
  ofServices: readonly JudgingSet[];
};

/** An event to be judged. `isRouted`: rules choose its service; otherwise it is its integration's. */
export type Judgeable = {
  raw: unknown;
  at: Date;
  event: NormalisedEvent;
  dedupKey: string;
  ownServiceId: string;
  isRouted: boolean;
};

export type Judgement = { verdict: RuleVerdict; hits: readonly Hit[]; calls: readonly Call[] };

/**
 * What rules decide about an event before it is deduplicated. Routed events pass the global set (which may drop them), the router,
 * and the set for what it didn't route; then every event passes the set of its service.
 */
export function judgeByRules(judged: Judgeable, sets: Sets, around: Surroundings): Judgement {
  let subject = newSubject(judged);
  const observe = (serviceId: string | null) => {
    const held = around.observe(serviceId, subject);
    if (held !== null) subject = { ...subject, cache: { ...subject.cache, ...held } };
  };
  const by = (set: JudgingSet | null) => {
    if (set !== null && subject.drop === null) subject = judgeBySet(subject, set, around);
  };
  observe(null);
  if (judged.isRouted) {
    by(sets.global);
    by(sets.router);
    if (subject.serviceId === null) by(sets.unrouted);
    if (subject.serviceId === null && subject.drop === null && sets.router !== null)
      subject = unrouted(subject);
  }
  const ofService = subject.serviceId ?? judged.ownServiceId;
  if (subject.drop === null) observe(ofService);
  by(sets.ofService(ofService));
  const { event, dedupKey, serviceId, drop, suppress, pause, terms, tags, trace, hits, calls } = subject;
  return { verdict: { event, dedupKey, serviceId, drop, suppress, pause, terms, tags, trace }, hits, calls };
}

function unrouted(subject: Subject): Subject {
  const because = "No rule routes it, so it stays with the service of its integration";
  return { ...subject, trace: [...subject.trace, { step: "rules", outcome: "not routed", because }] };
}

function newSubject({ raw, at, event, dedupKey }: Judgeable): Subject {
  return {
    raw,
    at,
    event,
    dedupKey,
    variables: {},
    cache: {},
    serviceId: null,
    drop: null,
    suppress: null,
    pause: null,
    terms: NO_TERMS,
    tags: [],
    trace: [],
    hits: [],
    calls: [],
  };
}
