import { describe, expect, test } from "vitest";
import { newCompiler } from "#lib/cel/expression";
import { toFact } from "#lib/cel/facts";

const NOW = new Date("2026-06-03T12:00:00Z");
const EVENT = {
  summary: "Disk 93% full on db-7",
  source: "db-7",
  component: null,
  custom_details: { labels: { env: "prod", "a b": 1 }, value: 93.5, hosts: ["db-7", "db-8"], n: 7 },
};

function compile(source: string) {
  const compiler = newCompiler(["event", "raw"]);
  const result = compiler.compile(source);
  return { ...result, context: () => compiler.read({ event: toFact(EVENT), raw: null }, NOW) };
}

function evaluate(source: string): unknown {
  const { context, ...result } = compile(source);
  if ("error" in result) throw new Error(result.error.message);
  return result.expression(context());
}

describe("an expression", () => {
  test.each([
    [`event.summary.contains("full") && event.custom_details.value > 90`, true],
    [`event.custom_details.labels["a b"] == 1`, true],
    [`event.custom_details.hosts[1] == "db-8"`, true],
    [`event.custom_details.hosts.exists(host, host.endsWith("-8"))`, true],
    [`event.custom_details.labels.exists(name, name == "env")`, true],
    [`"db-7" in event.custom_details.hosts`, true],
    [`event.custom_details.n in [5, 7]`, true],
    // What is missing is null, however deep, and so is what has no fields.
    [`event.nothing.at.all == "x"`, false],
    [`event.nothing.at.all == null && event.component == null`, true],
    [`event.summary.length == null`, true],
    [`event.custom_details.hosts[9] == null`, true],
    [`raw.status == "firing"`, false],
    [`has(event.custom_details.labels.env) && !has(event.custom_details.labels.team)`, true],
    // RE2, whatever it is called.
    [`event.summary.matches("(?i)disk \\\\d+%")`, true],
    [`matchesRe(event.source, "^db-[0-9]$")`, true],
    [`event.custom_details.hosts.all(host, host.matches("^db"))`, true],
    [`((event.source) + "!").matches("^db-7!$") && 7 - (4 - 1) == 4 && !(event.custom_details.n < 0)`, true],
    [`("a" + ":b").split(":").map(part, part + "!").join("") == "a!b!"`, true],
    [`event.source.split("-", 2)[1] == "7" && (event.custom_details.n > 5 ? "y" : "n") == "y"`, true],
    [`{"a": [1, -1]}.a[1] == -1 && b"x" == b"x" && 1e-12 < 1.0 && 'it"s' != "\\n"`, true],
    [`event.custom_details.hosts.filter(host, host.endsWith("7")).exists(host, host == "db-7")`, true],
    // 14:00 on a Wednesday in Berlin.
    [`now.during("Mon-Fri 09:00 to 17:00 Europe/Berlin")`, true],
    [`now.during("Mon,Tue 09:00 to 17:00 Europe/Berlin")`, false],
    [`now.during("Tue 22:00 to 14:30 Europe/Berlin")`, true],
    [`true || event.summary > 3`, true],
  ])("%s is %s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test("ends what takes too long, wherever it does", () => {
    const by = "b".repeat(300);
    const grown = `"aaaa"${`.split("").join("${by}")`.repeat(10)}.size() > 1`;
    expect(() => evaluate(grown)).toThrow(/too long/);
    const compiler = newCompiler(["raw"]);
    const result = compiler.compile(`raw.list.exists(x, raw.text.contains(x))`);
    if ("error" in result) throw new Error(result.error.message);
    const raw = toFact({ list: Array<string>(20_000).fill("x"), text: "a" });
    expect(() => result.expression(compiler.read({ raw }, NOW))).toThrow(/10000 entries/);
  });

  test("throws where types don't fit", () => {
    expect(() => evaluate(`event.summary > 3`)).toThrow(/overload/);
  });

  test.each([
    [`event.summary == `, /EOF/, 17],
    [`evnt.summary == "x"`, /evnt/, 0],
    [`event.summary.matches("(?<=a)b")`, /regexp/, 22],
    [`event.summary.matches(event.source)`, /written out/, 22],
    [`now.during("Mon-Fri 9 to 5 Berlin")`, /Hours/, 11],
    [`now.during("Mon 09:00 to 17:00 Mars/Olympus")`, /time zone/, 11],
    [`event.custom_details.hosts.exists(event, event == "x")`, /something else/, 34],
    [`"a" + 1 == "b"`, /overload/, 0],
    [`[1, 2].all(a, [1, 2].all(b, true))`, /within another/, 14],
    [`event.summary.matches("([ab]?){1000}x")`, /repeat so much/, 22],
  ])("%s is refused at the place", (source, message, start) => {
    const result = compile(source);
    expect("error" in result && result.error.message).toMatch(message);
    expect("error" in result && result.error.start).toBe(start);
  });

  test.each([
    ["(a+)+$", 1_000],
    [String.raw`([ab]?){145}\\d$`, 500_000],
    [String.raw`\\w{1,290}\\d$`, 500_000],
  ])("takes little time, whatever the pattern: %s", (pattern, length) => {
    const compiler = newCompiler(["event"]);
    const result = compiler.compile(`event.summary.matches("${pattern}")`);
    if ("error" in result) throw new Error(result.error.message);
    const summary = `${"a".repeat(length)}!`;
    const started = performance.now();
    expect(result.expression(compiler.read({ event: toFact({ summary }) }, NOW))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
