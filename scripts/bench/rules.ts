import type { NormalisedEvent } from "#lib/events/event";
import { judgeByRules } from "#lib/rules/judge";
import { compileSet } from "#lib/rules/queries/compile-set";
import { readingOf } from "#lib/rules/queries/read-paths";
import { NO_ACTIONS } from "#lib/rules/rule";
import type { Rule } from "#lib/rules/rule";

export const RULES_USAGE = `npm run bench -- rules

Measures judging events by 1,000 rules of which none but the last matches, against the same conditions written in JavaScript.`;

const RULES = 1000;
const EVENTS = 2000;
const ROUNDS = 5;
/** What it is held to: milliseconds an event, and times the same conditions in JavaScript. */
const MOST_MS = 1;
const MOST_TIMES = 25;

type Plain = (event: NormalisedEvent) => boolean;

/** Measures and prints the result; answers the exit code. */
export function benchRules(): number {
  const pairs = Array.from({ length: RULES - 1 }, (_, index) => conditionOf(index));
  const rules = [...pairs.map(({ cel }, index) => ruleOf(index, cel)), ruleOf(RULES, "true")];
  const began = performance.now();
  const path = { sections: [{ id: "start", name: "Start", rules }], catchAll: NO_ACTIONS };
  const { judging, errors } = compileSet({ id: "S", kind: "service", name: "Rules", version: 1 }, path);
  const compiling = performance.now() - began;
  if (errors.length > 0) throw new Error(`A condition could not be understood: ${errors[0]?.message ?? ""}`);
  const events = Array.from({ length: EVENTS }, (_, index) => eventOf(index));
  const sets = {
    global: null,
    router: null,
    unrouted: null,
    ofService: () => judging,
    ofServices: [judging],
  };
  const around = { exceeds: () => true, reading: readingOf, findService: () => null, observe: () => null };
  const at = new Date("2026-06-03T12:00:00Z");
  const judge = (event: NormalisedEvent) =>
    judgeByRules({ event, raw: null, at, dedupKey: "k", ownServiceId: "S", isRouted: false }, sets, around);
  const won = events.every((event) => judge(event).hits[0]?.ruleId === String(RULES));
  if (!won) throw new Error("Another rule than the last matched.");
  const judged = fastest(() => {
    for (const event of events) judge(event);
  });
  const plain = fastest(() => {
    for (const event of events)
      if (pairs.some(({ inJavaScript }) => inJavaScript(event))) throw new Error("Matched.");
  });
  return report(compiling, judged / EVENTS, plain / EVENTS);
}

/** Six kinds of conditions, as people write them; half of them name fields that the events don't have. */
function conditionOf(index: number): { cel: string; inJavaScript: Plain } {
  const details = (event: NormalisedEvent) => event.customDetails as Record<string, unknown>;
  const labels = (event: NormalisedEvent) => (details(event).labels ?? {}) as Record<string, unknown>;
  const name = `team-${index}`;
  const kinds: { cel: string; inJavaScript: Plain }[] = [
    {
      cel: `event.custom_details.labels.team == "${name}" && event.severity == "critical"`,
      inJavaScript: (event) => labels(event).team === name && event.severity === "critical",
    },
    {
      cel: `event.source.startsWith("${name}-") || event.component == "${name}"`,
      inJavaScript: (event) => event.source.startsWith(`${name}-`) || event.component === name,
    },
    {
      cel: `event.custom_details.value > ${1000 + index}`,
      inJavaScript: (event) => Number(details(event).value) > 1000 + index,
    },
    {
      cel: `event.summary.contains("${name}") && event.class in ["saturation", "latency"]`,
      inJavaScript: (event) =>
        event.summary.includes(name) && ["saturation", "latency"].includes(event.class ?? ""),
    },
    {
      cel: `event.custom_details.missing${index}.deeper == "${name}"`,
      inJavaScript: (event) =>
        (details(event)[`missing${index}`] as { deeper?: string } | undefined)?.deeper === name,
    },
    {
      cel: `event.group == "db" && event.custom_details.owner != null && event.custom_details.owner == "${name}"`,
      inJavaScript: (event) => event.group === "db" && details(event).owner === name,
    },
  ];
  const kind = kinds[index % kinds.length];
  if (!kind) throw new Error("There are no conditions.");
  return kind;
}

function ruleOf(index: number, expression: string): Rule {
  return {
    id: String(index),
    label: `Rule ${index}`,
    reason: "",
    disabled: false,
    shadow: false,
    when: { kind: "cel", expression },
    threshold: null,
    actions: NO_ACTIONS,
    goTo: null,
  };
}

function eventOf(index: number): NormalisedEvent {
  return {
    action: "trigger",
    dedupKey: "k",
    summary: `Disk ${index % 100}% full on db-${index}`,
    source: `db-${index}`,
    severity: "warning",
    timestamp: null,
    component: "disk",
    group: "db",
    class: "saturation",
    customDetails: { labels: { env: "prod", team: "storage" }, value: index % 1000 },
    links: [],
    images: [],
    client: null,
    clientUrl: null,
    warnings: [],
  };
}

function fastest(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    work();
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

function report(compiling: number, judged: number, plain: number): number {
  const times = judged / plain;
  console.log(`Compiling ${RULES} rules, once a version and process     ${compiling.toFixed(0)} ms`);
  console.log(`Judging an event by ${RULES} rules                        ${judged.toFixed(3)} ms`);
  console.log(`The same conditions in JavaScript (yardstick)        ${plain.toFixed(3)} ms`);
  const isHeld = judged < MOST_MS && times < MOST_TIMES;
  console.log(
    `\n${isHeld ? "Held" : "NOT held"}: ${judged.toFixed(3)} of ${MOST_MS} ms an event, ${times.toFixed(1)} times the yardstick (of ${MOST_TIMES}).`,
  );
  return isHeld ? 0 : 1;
}
