import { Callout } from "#components/ui/callout";

interface ExpressionErrorProps {
  expression: string;
  message: string;
  /** Offsets of the first and after the last character that it is about. */
  start: number;
  end: number;
}

/** What can't be understood in an expression, marked at its place. */
export function ExpressionError({ expression, message, start, end }: ExpressionErrorProps) {
  return (
    <Callout tone="danger" title={`Not understood at character ${start + 1}: ${message}`}>
      <code className="font-mono text-table [overflow-wrap:anywhere] whitespace-pre-wrap">
        {expression.slice(0, start)}
        <mark className="bg-status-red-tint text-status-red-fg underline decoration-wavy">
          {expression.slice(start, end) || "…"}
        </mark>
        {expression.slice(Math.max(start, end))}
      </code>
    </Callout>
  );
}
