import type { ASTNode } from "@marcbachmann/cel-js";
import type { Path } from "#lib/cel/facts";
import { patternError } from "#lib/cel/re2";
import { parseWeeklyHours } from "#lib/time/weekly-hours";

/** Methods that are ours when they run: another syntax of patterns, and an end to what they may take. */
const OWN_WORDS = new Map([
  ["matches", "matchesRe"],
  ["split", "splitText"],
  ["join", "joinTexts"],
]);
const ITERATING = new Set(["all", "exists", "exists_one", "map", "filter", "bind"]);

class Refused extends Error {
  readonly range: { start: number; end: number };
  constructor(message: string, node: ASTNode) {
    super(message);
    this.range = node.range;
  }
}

type Operator = Exclude<ASTNode, { op: "value" | "id" | "call" | "rcall" | "list" | "map" }>;

/**
 * An expression as it runs: its paths are variables, `matches`, `split`, `join` and `has` are our own, and what a loop runs over is counted.
 * Throws where it stands, with its range, for what is not allowed: a loop within a loop, a pattern or hours that are not written out.
 */
export function rewrite(
  ast: ASTNode,
  source: string,
  { roots, slotOf }: { roots: readonly string[]; slotOf: (path: Path) => string },
): string {
  refuseNestedLoops(ast, false);
  return write(ast);

  function write(node: ASTNode): string {
    const path = pathOf(node, roots);
    if (path !== null && path.keys.length > 0) return slotOf(path);
    if (node.op === "value") return source.slice(node.range.start, node.range.end);
    if (node.op === "id") return node.args;
    if (node.op === "call") return writeCall(node, node.args[0], node.args[1]);
    if (node.op === "rcall") return writeMethod(node, node.args[0], node.args[1], node.args[2]);
    if (node.op === "list") return `[${node.args.map(write).join(", ")}]`;
    if (node.op === "map")
      return `{${node.args.map(([key, value]) => `${write(key)}: ${write(value)}`).join(", ")}}`;
    return writeOperator(node);
  }

  function writeOperator(node: Operator): string {
    if (node.op === "?:") return `(${write(node.args[0])} ? ${write(node.args[1])} : ${write(node.args[2])})`;
    if (node.op === "!_" || node.op === "-_") return `(${node.op.charAt(0)}${write(node.args)})`;
    if (node.op === "." || node.op === ".?") return `${write(node.args[0])}${node.op}${node.args[1]}`;
    if (node.op === "[]" || node.op === "[?]") {
      return `${write(node.args[0])}${node.op.slice(0, -1)}${write(node.args[1])}]`;
    }
    return `(${write(node.args[0])} ${node.op} ${write(node.args[1])})`;
  }

  function writeCall(node: ASTNode, name: string, args: ASTNode[]): string {
    const [first] = args;
    const path = name === "has" && first ? pathOf(first, roots) : null;
    if (path !== null) return `(${slotOf(path)} != null)`;
    if (name === "matchesRe") mustBePattern(node, args[1]);
    return `${name}(${args.map(write).join(", ")})`;
  }

  function writeMethod(node: ASTNode, name: string, receiver: ASTNode, args: ASTNode[]): string {
    const [first] = args;
    if (ITERATING.has(name) && first?.op === "id" && roots.includes(first.args))
      throw new Refused(`'${first.args}' is the name of what came in; call it something else here`, first);
    if (name === "during") mustBeHours(node, first);
    if (name === "matches") mustBePattern(node, first);
    const own = OWN_WORDS.get(name);
    const written = args.map(write);
    if (own !== undefined) return `${own}(${[write(receiver), ...written].join(", ")})`;
    const isLoop = ITERATING.has(name) && name !== "bind";
    const over = isLoop ? `mayLoop(${write(receiver)})` : write(receiver);
    return `${over}.${name}(${written.join(", ")})`;
  }
}

/** One loop may go on with what another gave (`a.filter(…).exists(…)`), but not run within it. */
function refuseNestedLoops(node: ASTNode, inLoop: boolean): void {
  if (node.op !== "rcall" || !ITERATING.has(node.args[0])) {
    for (const child of childrenOf(node)) refuseNestedLoops(child, inLoop);
    return;
  }
  if (inLoop) throw new Refused("A loop can't stand within another", node);
  const [, receiver, args] = node.args;
  refuseNestedLoops(receiver, false);
  for (const arg of args) refuseNestedLoops(arg, true);
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
