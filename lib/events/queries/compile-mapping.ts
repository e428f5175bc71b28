import { evaluate } from "#lib/cel/evaluate";
import type { Evaluated } from "#lib/cel/evaluate";
import { newCompiler } from "#lib/cel/expression";
import type { Compiler, Expression, ExpressionError } from "#lib/cel/expression";
import { jsonOf, toFact } from "#lib/cel/facts";
import type { Fact } from "#lib/cel/facts";
import { ITEM_FIELDS } from "#lib/events/json-mapping";
import type { ItemField, JsonMapping, MappedField } from "#lib/events/json-mapping";
import { placeOf, withList } from "#lib/events/queries/list-in-body";
import { jsonAdapter } from "#lib/events/sources/json";
import type { Mapped, MappedBody, MappedItem } from "#lib/events/sources/json";
import type { SourceAdapter } from "#lib/events/sources/source";

/** What keeps the expression of a field from being understood, and where in it. */
export type MappingError = { field: MappedField } & ExpressionError;

/**
 * A message may take this much of the processor, many times what 1,000 items need; senders of others wait meanwhile. What is not read by
 * then is kept as not understood. Time on the wall would punish messages for a busy machine.
 */
const BUDGET_MICROSECONDS = 1_000_000;
/** Of one message: texts, numbers, lists and objects. */
const MOST_VALUES = 250_000;
/** What stays of a message around one of its items is stored with each of them. */
const MOST_REST = 1_000_000;

/** Expressions of mappings know no time: what is read again later is read the same. */
const NO_TIME = new Date(0);
const OPTIONS = { timeless: true };

type Compiled = { compiler: Compiler; expression: Expression | null; error: string | null };

/** Makes a mapping ready to read messages. A field that can't be understood says so of every item; `errors` tell why and where. */
export function compileMapping(mapping: JsonMapping): { adapter: SourceAdapter; errors: MappingError[] } {
  const errors: MappingError[] = [];
  const compile = (field: MappedField, compiler: Compiler): Compiled => {
    if (mapping[field].trim() === "") return { compiler, expression: null, error: null };
    const compiled = compiler.compile(mapping[field]);
    if ("expression" in compiled) return { compiler, expression: compiled.expression, error: null };
    errors.push({ field, ...compiled.error });
    return { compiler, expression: null, error: compiled.error.message };
  };
  const items = compile("items", newCompiler(["body"], OPTIONS));
  const ofItems = newCompiler(["body", "item"], OPTIONS);
  const fields = ITEM_FIELDS.map((field) => [field, compile(field, ofItems)] as const);
  return { adapter: jsonAdapter((body) => readBody(body, items, { ofItems, fields })), errors };
}

/** Microseconds that this thread has had. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

type Fields = { ofItems: Compiler; fields: readonly (readonly [ItemField, Compiled])[] };

function readBody(body: unknown, items: Compiled, of: Fields): MappedBody | { error: string } {
  const started = processorTime();
  if (countValues(body, MOST_VALUES) > MOST_VALUES)
    return { error: `a message of more than ${MOST_VALUES.toLocaleString("en-US")} values is not mapped` };
  const fact = toFact(body);
  const found = itemsOf(fact, items);
  if ("error" in found) return found;
  let isLate = false;
  return {
    count: found.items.length,
    itemAt(index) {
      // Asking for the time takes longer than some fields.
      if (index % 10 === 0) isLate = processorTime() - started > BUDGET_MICROSECONDS;
      if (isLate) return null;
      return readItem(fact, found.items[index] ?? null, of);
    },
    bodyWith: cutter(body, fact, found.items),
  };
}

function itemsOf(
  body: Fact,
  { compiler, expression, error }: Compiled,
): { items: Fact[] } | { error: string } {
  if (error !== null) return { error };
  if (expression === null) return { items: [body] };
  const result = evaluate(expression, compiler.read({ body }, NO_TIME));
  if ("error" in result) return result;
  if (!Array.isArray(result.value)) return { error: "what the expression answers is not a list" };
  return { items: result.value.map((item: unknown) => (item instanceof Map ? item : toFact(jsonOf(item)))) };
}

function readItem(body: Fact, item: Fact, { ofItems, fields }: Fields): MappedItem {
  if (!(item instanceof Map)) return NOT_AN_OBJECT;
  const context = ofItems.read({ body, item }, NO_TIME);
  const read = fields.map(([field, { expression, error }]) => {
    if (error !== null) return [field, { error }] as const;
    if (expression === null) return [field, NOTHING] as const;
    return [field, asJson(evaluate(expression, context))] as const;
  });
  return Object.fromEntries(read) as Record<ItemField, Mapped>;
}

const NOTHING: Mapped = { value: null };
const NOT_AN_OBJECT = Object.fromEntries(
  ITEM_FIELDS.map((field) => [field, { error: "the item is not a JSON object" }]),
) as Record<ItemField, Mapped>;

function asJson(result: Evaluated): Mapped {
  return "error" in result ? result : { value: jsonOf(result.value) };
}

/** How the message would look with some of its items, where they are elements of one list of it; null: they are not. */
function cutter(body: unknown, fact: Fact, items: readonly Fact[]): MappedBody["bodyWith"] {
  if (items.length === 1 && items[0] === fact) return () => body;
  const place = placeOf(fact, items);
  if (place === null) return null;
  const rest = JSON.stringify(withList(body, place, [])).length;
  if (items.length > 1 && rest * items.length > MOST_REST) return null;
  return (indexes) =>
    withList(
      body,
      place,
      indexes.map((index) => jsonOf(items[index])),
    );
}

/** How many values JSON holds, counted up to just beyond a bound. */
function countValues(json: unknown, most: number): number {
  let count = 0;
  const waiting: unknown[] = [json];
  while (waiting.length > 0 && count <= most) {
    const value = waiting.pop();
    count += 1;
    if (typeof value === "object" && value !== null)
      for (const inner of Object.values(value)) waiting.push(inner);
  }
  return count;
}
