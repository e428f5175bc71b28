import type { Notice } from "#lib/notifications/vocabulary";
import type { PolicyReadiness } from "#lib/people/policy-readiness";
import type { Readiness } from "#lib/people/readiness";

export type DigestFacts = {
  people: readonly { name: string; readiness: Readiness; untested: boolean }[];
  policies: readonly { name: string; readiness: PolicyReadiness }[];
};

const MOST_LINES = 15;

/** What a manager hears once a week: who of theirs a page would not reach, worst first; a sentence when it is everybody. */
export function readinessDigest({ people, policies }: DigestFacts): Notice {
  const weak = people.filter(({ readiness }) => readiness.state !== "ready");
  const unreachable = weak.filter(({ readiness }) => readiness.state === "unreachable");
  const partly = weak.filter(({ readiness }) => readiness.state === "partly");
  const weakPolicies = policies.filter(({ readiness }) => readiness.state !== "ready");
  const untested = people.filter((person) => person.untested).map(({ name }) => name);
  const lines = [
    ...unreachable.map(({ name, readiness }) =>
      `${name}: not reachable. ${readiness.reasons[0] ?? ""}`.trim(),
    ),
    ...weakPolicies.map(({ name, readiness: { weakest } }) =>
      weakest?.level
        ? `${name}, level ${weakest.level}: ${weakest.because}`
        : `${name}: ${weakest?.because ?? ""}`,
    ),
    ...partly.map(({ name, readiness }) => `${name}: partly ready. ${readiness.reasons[0] ?? ""}`.trim()),
    ...(untested.length === 0 ? [] : [`Not tested for 30 days: ${untested.join(", ")}`]),
  ];
  const ready = people.length - weak.length;
  const rest = lines.length - MOST_LINES;
  return {
    title: `Readiness this week: ${ready} of ${people.length} people can be paged at night`,
    lines:
      lines.length === 0
        ? ["Every policy reaches somebody at every level right now."]
        : [...lines.slice(0, MOST_LINES), ...(rest > 0 ? [`And ${rest} more.`] : [])],
    path: "/readiness",
  };
}
