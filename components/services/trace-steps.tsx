import { TextLink } from "#components/ui/link";
import type { TraceStep } from "#lib/events/trace";

/** What was looked at, what came of it, and why: in the order in which it was decided. */
export function TraceSteps({ trace, label }: { trace: readonly TraceStep[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col gap-1 border-l-2 pl-3 text-table">
      {trace.map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the steps of a trace never change their order
        <li key={index}>
          <span className="text-text-3">{step.step}: </span>
          <span className="font-medium">{step.outcome}</span>
          <span className="[overflow-wrap:anywhere] text-text-2"> · {step.because}</span>
          {step.rule === undefined ? null : (
            <>
              {" "}
              <TextLink
                href={`/rules/set/${step.rule.setId}?version=${step.rule.version}#rule-${step.rule.ruleId}`}
              >
                See the rule, version {step.rule.version}
              </TextLink>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
