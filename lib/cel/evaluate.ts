import type { Expression, ExpressionContext } from "#lib/cel/expression";

/** What came of an expression; `error`: types didn't fit, in words for its author. */
export type Evaluated = { value: unknown } | { error: string };

/** Evaluates an expression; never throws. */
export function evaluate(expression: Expression, context: ExpressionContext): Evaluated {
  // What doesn't fit is common and expected; nobody reads the stack of it, and making one takes ten times as long as all else.
  const frames = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return { value: expression(context) };
  } catch (error) {
    const summary = (error as { summary?: string }).summary;
    return { error: summary ?? (error instanceof Error ? error.message : String(error)) };
  } finally {
    Error.stackTraceLimit = frames;
  }
}
