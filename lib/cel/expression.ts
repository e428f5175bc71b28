import { Environment } from "@marcbachmann/cel-js";
import { valueAt } from "#lib/cel/facts";
import type { Fact, Path } from "#lib/cel/facts";
import { search } from "#lib/cel/re2";
import { rewrite } from "#lib/cel/rewrite";
import { beginWork, joinTexts, mayLoop, splitText } from "#lib/cel/work";
import { isWithinHours, parseWeeklyHours } from "#lib/time/weekly-hours";
import type { WeeklyHours } from "#lib/time/weekly-hours";

/** What is wrong with an expression, and where: offsets of its first and after its last character. */
export type ExpressionError = { message: string; start: number; end: number };

/** The values of one event, ready for expressions of one compiler. */
export type ExpressionContext = Record<string, unknown>;

/** Answers the value, or throws where types don't fit. */
export type Expression = (context: ExpressionContext) => unknown;

/** Compiles expressions that share their paths, so that each path of an event is read once for all of them. */
export type Compiler = {
  compile(source: string): { expression: Expression } | { error: ExpressionError };
  /** Reads an event's values: the roots by name (`event`, `raw` …). */
  read(roots: Readonly<Record<string, Fact>>, now: Date): ExpressionContext;
};

/** `timeless`: without `now`. */
export type CompilerOptions = { timeless?: boolean };

export const MAX_EXPRESSION_LENGTH = 4000;
const LIMITS = {
  maxAstNodes: 2000,
  maxDepth: 50,
  maxListElements: 500,
  maxMapEntries: 100,
  maxCallArguments: 16,
};
/** What an expression becomes has each operator in brackets, which count as depth. */
const RUNNING_LIMITS = { ...LIMITS, maxAstNodes: 4000, maxDepth: 200 };

/**
 * A compiler for CEL over the named roots. Beyond CEL: a field that is missing is null, `matches` follows RE2, and
 * `now.during("Mon-Fri 09:00 to 17:00 Europe/Berlin")` asks for hours of the week, and `first([a, b])` is the first of a list that is
 * neither null nor empty. There is no loop within a loop: four of a hundred turns each would hold up all paging for seconds. Paths into roots are lifted out of the expressions (each becomes a variable), which makes them null-safe
 * and cheap.
 */
export function newCompiler(roots: readonly string[], options: CompilerOptions = {}): Compiler {
  const authoring = authoringEnvironment(roots, options);
  const running = functionsOf(
    new Environment({
      unlistedVariablesAreDyn: true,
      homogeneousAggregateLiterals: false,
      limits: RUNNING_LIMITS,
    }),
  ).registerVariable("now", "google.protobuf.Timestamp");
  const slots = new Map<string, { name: string; path: Path }>();
  const slotOf = (path: Path) => {
    const key = JSON.stringify([path.root, ...path.keys]);
    const known = slots.get(key);
    if (known) return known.name;
    const name = `slot${slots.size}`;
    slots.set(key, { name, path });
    return name;
  };
  return {
    compile(source) {
      try {
        if (source.length > MAX_EXPRESSION_LENGTH)
          return failed(`An expression has at most ${MAX_EXPRESSION_LENGTH} characters`, source);
        const parsed = authoring.parse(source);
        const checked = parsed.check();
        if (!checked.valid) return { error: errorOf(checked.error, source) };
        const text = rewrite(parsed.ast, source, { roots, slotOf });
        const run = running.parse(text);
        const expression: Expression = (context) => {
          beginWork();
          return run(context) as unknown;
        };
        return { expression };
      } catch (error) {
        return { error: errorOf(error, source) };
      }
    },
    read(values, now) {
      const context: ExpressionContext = { ...values, now };
      for (const { name, path } of slots.values()) context[name] = valueAt(values, path);
      return context;
    },
  };
}

function authoringEnvironment(roots: readonly string[], { timeless }: CompilerOptions): Environment {
  const environment = functionsOf(new Environment({ homogeneousAggregateLiterals: false, limits: LIMITS }));
  for (const root of roots) environment.registerVariable(root, "dyn");
  return timeless === true ? environment : environment.registerVariable("now", "google.protobuf.Timestamp");
}

const hoursByText = new Map<string, WeeklyHours>();

function functionsOf(environment: Environment): Environment {
  return environment
    .registerFunction(
      "matchesRe(string, string): bool",
      (text: string, pattern: string) => search(pattern, text) !== null,
    )
    .registerFunction("google.protobuf.Timestamp.during(string): bool", (now: Date, text: string) => {
      const hours = hoursByText.get(text) ?? parseWeeklyHours(text);
      if ("error" in hours) throw new Error(hours.error);
      hoursByText.set(text, hours);
      return isWithinHours(hours, now.getTime());
    })
    .registerFunction("first(list): dyn", firstPresent)
    .registerFunction("mayLoop(dyn): dyn", mayLoop)
    .registerFunction("splitText(string, string): list<string>", (text: string, by: string) =>
      splitText(text, by),
    )
    .registerFunction("splitText(string, string, int): list<string>", splitText)
    .registerFunction("joinTexts(list): string", (parts: unknown[]) => joinTexts(parts))
    .registerFunction("joinTexts(list, string): string", joinTexts);
}

function firstPresent(values: readonly unknown[]): unknown {
  return values.find((value) => value !== null && value !== undefined && value !== "") ?? null;
}

function failed(message: string, source: string): { error: ExpressionError } {
  return { error: { message, start: 0, end: source.length } };
}

function errorOf(error: unknown, source: string): ExpressionError {
  const range = (error as { range?: { start: number; end: number } }).range;
  const summary = (error as { summary?: string }).summary;
  const message = summary ?? (error instanceof Error ? error.message : String(error));
  return { message, start: range?.start ?? 0, end: range?.end ?? source.length };
}
