/** One step of the decision trace of an event or a page: what was looked at, what came of it, and why. */
export type TraceStep = {
  step: string;
  outcome: string;
  because: string;
  /** The rule that decided, in the version that did. */
  rule?: { setId: string; version: number; ruleId: string };
};
