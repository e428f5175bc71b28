import { Environment } from "@marcbachmann/cel-js";
import type { ASTNode } from "@marcbachmann/cel-js";
import { valueAt } from "#lib/cel/facts";
import type { Fact, Path } from "#lib/cel/facts";
import { patternError, re2 } from "#lib/cel/re2";
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

/** `timeless`: without `now`. `linear`: no loop within a loop, so that an expression takes time in proportion to what it reads. */
export type CompilerOptions = { timeless?: boolean; linear?: boolean };

export const MAX_EXPRESSION_LENGTH = 4000;
const LIMITS = {
  maxAstNodes: 2000,
  maxDepth: 50,
  maxListElements: 500,
  maxMapEntries: 100,
  maxCallArguments: 16,
};
const ITERATING = new Set(["all", "exists", "exists_one", "map", "filter", "bind"]);

class Refused extends Error {
  readonly range: { start: number; end: number };
  constructor(message: string, node: ASTNode) {
    super(message);
    this.range = node.range;
  }
}

/**
 * A compiler for CEL over the named roots. Beyond CEL: a field that is missing is null, `matches` follows RE2, and
 * `now.during("Mon-Fri 09:00 to 17:00 Europe/Berlin")` asks for hours of the week, and `first([a, b])` is the first of a list that is
 * neither null nor empty. Paths into roots are lifted out of the expressions (each becomes a variable), which makes them null-safe
 * and cheap.
 */
export function newCompiler(roots: readonly string[], options: CompilerOptions = {}): Compiler {
  const authoring = authoringEnvironment(roots, options);
  const running = functionsOf(
    new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false, limits: LIMITS }),
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
        if (options.linear === true) refuseNestedLoops(parsed.ast, false);
        const text = rewrite(parsed.ast, source, roots, slotOf);
        const run = running.parse(text);
        return { expression: (context) => run(context) as unknown };
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
    .registerFunction("matchesRe(string, string): bool", (text: string, pattern: string) =>
      re2(pattern).matcher(text).find(),
    )
    .registerFunction("google.protobuf.Timestamp.during(string): bool", (now: Date, text: string) => {
      const hours = hoursByText.get(text) ?? parseWeeklyHours(text);
      if ("error" in hours) throw new Error(hours.error);
      hoursByText.set(text, hours);
      return isWithinHours(hours, now.getTime());
    })
    .registerFunction("first(list): dyn", firstPresent);
}

function firstPresent(values: readonly unknown[]): unknown {
  return values.find((value) => value !== null && value !== undefined && value !== "") ?? null;
}

type Edit = { start: number; end: number; text: string };

/** The expression with its paths as variables, and `matches` and `has` in our own words. */
function rewrite(
  ast: ASTNode,
  source: string,
  roots: readonly string[],
  slotOf: (path: Path) => string,
): string {
  const edits: Edit[] = [];
  visit(ast);
  return apply(source, edits);

  function visit(node: ASTNode): void {
    const path = pathOf(node, roots);
    if (path !== null) {
      if (path.keys.length > 0) edits.push({ ...node.range, text: slotOf(path) });
      return;
    }
    if (node.op === "call") return visitCall(node, node.args[0], node.args[1]);
    if (node.op === "rcall") return visitMethod(node, node.args[0], node.args[1], node.args[2]);
    for (const child of childrenOf(node)) visit(child);
  }

  function visitCall(node: ASTNode, name: string, args: ASTNode[]): void {
    const [first] = args;
    const path = name === "has" && first ? pathOf(first, roots) : null;
    if (path !== null) {
      edits.push({ ...node.range, text: `(${slotOf(path)} != null)` });
      return;
    }
    if (name === "matchesRe") mustBePattern(node, args[1]);
    for (const arg of args) visit(arg);
  }

  function visitMethod(node: ASTNode, name: string, receiver: ASTNode, args: ASTNode[]): void {
    const [first] = args;
    if (ITERATING.has(name) && first?.op === "id" && roots.includes(first.args))
      throw new Refused(`'${first.args}' is the name of what came in; call it something else here`, first);
    if (name === "during") mustBeHours(node, first);
    if (name === "matches") {
      mustBePattern(node, first);
      edits.push({ start: node.range.start, end: receiver.range.start, text: "matchesRe(" });
      const end = first ? first.range.start : node.range.end;
      edits.push({ start: receiver.range.end, end, text: ", " });
    }
    visit(receiver);
    for (const arg of args) visit(arg);
  }
}

function refuseNestedLoops(node: ASTNode, inLoop: boolean): void {
  const isLoop = node.op === "rcall" && ITERATING.has(node.args[0]);
  if (isLoop && inLoop) throw new Refused("Here a loop can't stand within another", node);
  for (const child of childrenOf(node)) refuseNestedLoops(child, inLoop || isLoop);
}

function mustBePattern(node: ASTNode, pattern: ASTNode | undefined): void {
  const text = pattern?.op === "value" && typeof pattern.args === "string" ? pattern.args : null;
  if (text === null) throw new Refused("A pattern is written out as a text", pattern ?? node);
  const error = patternError(text);
  if (error !== null) throw new Refused(error, pattern ?? node);
}

function mustBeHours(node: ASTNode, hours: ASTNode | undefined): void {
  const text = hours?.op === "value" && typeof hours.args === "string" ? hours.args : null;
  if (text === null) throw new Refused("Hours are written out as a text", hours ?? node);
  const parsed = parseWeeklyHours(text);
  if ("error" in parsed) throw new Refused(parsed.error, hours ?? node);
}

function pathOf(node: ASTNode, roots: readonly string[]): Path | null {
  const keys: (string | number)[] = [];
  let current = node;
  for (;;) {
    if (current.op === "id")
      return roots.includes(current.args) ? { root: current.args, keys: keys.toReversed() } : null;
    if (current.op === ".") {
      keys.push(current.args[1]);
      [current] = current.args;
    } else if (current.op === "[]") {
      const [container, index] = current.args;
      const key = index.op === "value" ? index.args : null;
      if (typeof key === "string") keys.push(key);
      else if (typeof key === "bigint") keys.push(Number(key));
      else return null;
      current = container;
    } else return null;
  }
}

function childrenOf(node: ASTNode): ASTNode[] {
  const args: unknown = node.args;
  return (Array.isArray(args) ? args.flat(2) : [args]).filter(isNode);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "range" in value;
}

function apply(source: string, edits: readonly Edit[]): string {
  let text = "";
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    text += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + source.slice(at);
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
