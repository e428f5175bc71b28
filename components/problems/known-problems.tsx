import { Callout } from "#components/ui/callout";
import { TextLink } from "#components/ui/link";
import { isKnown, problemRef, STATE_LABELS } from "#lib/problems/problem";
import type { KnownProblemDto } from "#lib/problems/schemas";

/** On an incident: what is known of its cause, and what helps meanwhile. */
export function KnownProblems({ problems }: { problems: readonly KnownProblemDto[] }) {
  return problems.map((problem) => {
    const { number, title, state, workaround, isLinked } = problem;
    const link = (
      <TextLink href={`/problems/${number}`}>
        {problemRef(number)} {title}
      </TextLink>
    );
    if (!isKnown(problem)) {
      return (
        <Callout key={number} title={<>Part of a problem: {link}</>} className="mb-4">
          {STATE_LABELS[state]}; no workaround is written down.
        </Callout>
      );
    }
    return (
      <Callout key={number} tone="warning" title={<>Known problem: {link}</>} className="mb-4">
        <p className="text-meta text-text-3">
          {isLinked ? "This incident belongs to it." : "This incident is of the same kind."} Workaround:
        </p>
        <p className="text-text whitespace-pre-wrap">{workaround}</p>
      </Callout>
    );
  });
}
