import { ruleSets, ruleSetVersions } from "#db/schema/rules";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";
import { NO_ACTIONS } from "#lib/rules/rule";
import type { Rule, RulePath } from "#lib/rules/rule";

type Named = { id: string; name: string };

const RULES: Rule[] = [
  {
    id: "known-noise",
    label: "Load tests are announced",
    reason: "They run on Tuesdays and Thursdays, and are watched by who starts them",
    disabled: false,
    shadow: false,
    when: {
      kind: "simple",
      match: "all",
      comparisons: [{ path: "event.custom_details.labels.load_test", is: "is", value: "true" }],
    },
    threshold: null,
    actions: { ...NO_ACTIONS, suppress: true, tags: ["load-test"] },
    goTo: null,
  },
  {
    id: "probes",
    label: "Single probes are given two minutes",
    reason: "Nine of ten end by themselves",
    disabled: false,
    shadow: false,
    when: {
      kind: "cel",
      expression: 'event.severity == "warning" && event.summary.matches("(?i)probe failed")',
    },
    threshold: null,
    actions: { ...NO_ACTIONS, pauseSeconds: 120 },
    goTo: null,
  },
  {
    id: "office-hours",
    label: "Information can wait for office hours",
    reason: "On trial: does anybody miss them?",
    disabled: false,
    shadow: true,
    when: {
      kind: "cel",
      expression: 'event.severity == "info" && !now.during("Mon-Fri 09:00 to 17:00 America/New_York")',
    },
    threshold: null,
    actions: { ...NO_ACTIONS, suppress: true },
    goTo: null,
  },
];

/** Rules of one service, as a team would have written them. They go with the service when the demo is removed. Answers their set. */
export async function insertRules(
  tx: Transaction,
  now: Date,
  service: Named,
  author: Named,
): Promise<string> {
  const id = newId(now.getTime());
  const path: RulePath = { sections: [{ id: "start", name: "Start", rules: RULES }], catchAll: NO_ACTIONS };
  await tx.insert(ruleSets).values({
    id,
    kind: "service",
    serviceId: service.id,
    version: 1,
    isDemo: true,
    createdAt: now,
    updatedAt: now,
  });
  await tx.insert(ruleSetVersions).values({
    ruleSetId: id,
    version: 1,
    path,
    reason: "After the review of a noisy week",
    publishedBy: author.id,
    publishedByName: author.name,
    createdAt: now,
  });
  return id;
}
