import { describe, expect, it } from "vitest";
import { evaluate } from "#lib/cel/evaluate";
import { newCompiler } from "#lib/cel/expression";
import { toFact } from "#lib/cel/facts";
import { pathFromPcl, pathToPcl, pclToCel } from "#lib/rules/pcl";

const ROOTS = {
  event: toFact({
    summary: "Disk 93% full on DB-7",
    severity: "critical",
    action: "trigger",
    custom_details: { n: 7, "a b": { x: "y" }, "my-key": "v", flag: true, list: ["p"] },
  }),
  raw: toFact({ links: [{ href: "https://x.test" }] }),
  vars: toFact({ who: "ops" }),
  cache: toFact({ live: true }),
};
const WEDNESDAY = new Date("2026-06-03T12:00:00Z");

function holds(pcl: string): unknown {
  const translated = pclToCel(pcl);
  if ("error" in translated) throw new Error(translated.error);
  const compiler = newCompiler(Object.keys(ROOTS));
  const compiled = compiler.compile(translated.cel);
  if ("error" in compiled) throw new Error(`${translated.cel}: ${compiled.error.message}`);
  const result = evaluate(compiled.expression, compiler.read(ROOTS, WEDNESDAY));
  return "value" in result ? result.value : result;
}

describe("a condition of PagerDuty's language", () => {
  it.each([
    ["event.summary matches part 'disk'", true],
    ["event.summary matches part exactly 'disk'", false],
    ["event.summary matches 'disk 93% full on db-7'", true],
    ["event.summary matches exactly 'disk 93% full on db-7'", false],
    ["event.summary matches 'disk'", false],
    ["event.summary matches regex 'db-[0-9]$'", true],
    ["event.summary matches regex exactly 'db-[0-9]$'", false],
    ["event.nothing matches part 'x'", false],
    ["not event.nothing matches part 'x'", true],
    ["event.custom_details.n > 5 and event.custom_details.n <= 7", true],
    ["event.custom_details.n matches '7'", true],
    ["event.custom_details['a b'].x == 'y'", true],
    ["event.custom_details.my-key == 'v'", true],
    ["event.custom_details.missing exists", false],
    ["event.custom_details.n exists or event.x.y exists", true],
    ["event.severity in ['critical', 'error']", true],
    ["event.event_action == 'trigger'", true],
    ["raw_event.links[0].href matches part 'x.test'", true],
    ["variables.who == 'ops' and cache_var.live", true],
    ["not (event.severity == 'critical' or event.custom_details.flag == false)", false],
    ["not event.severity == 'info' and event.custom_details.flag == true", true],
    ["now in Mon,Wed 09:00:00 to 17:00:00 Europe/Berlin", true],
    ["now in Sat,Sun 00:00:00 to 00:00:00 Etc/UTC and event.summary exists", false],
    [String.raw`event.summary == 'it\'s'`, false],
  ])("%s: %s", (pcl, expected) => {
    expect(holds(pcl)).toBe(expected);
  });

  it.each([
    ["event.summary matches part disk", /text in single quotes/],
    ["event.summary ==", /missing at the end/],
    ["summary == 'x'", /neither a field nor a value/],
    ["trigger_count over 10 minutes > 5", /threshold/],
    ["(event.summary exists", /'\)' is missing/],
    ["event.summary == 'x' && event.severity == 'y'", /can't be read/],
    [`event.summary.contains("x")`, /can't be read|not expected/],
  ])("%s is none", (pcl, message) => {
    const result = pclToCel(pcl);
    expect("error" in result && result.error).toMatch(message);
  });
});

it.each([
  ["event.event_action", "event.action"],
  ["raw_event.a.b", "raw.a.b"],
  ["variables.x", "vars.x"],
  ["cache_var.x", "cache.x"],
  ["event.custom_details['a b']", "event.custom_details['a b']"],
])("the path %s is %s", (theirs, ours) => {
  expect(pathFromPcl(theirs)).toBe(ours);
  expect(pathToPcl(ours)).toBe(theirs);
});
