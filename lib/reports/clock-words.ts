import type { Clock } from "#lib/incidents/filter";

export type ClockWords = {
  name: string;
  /** "Half of 214 incidents were …" */
  done: string;
  definition: string;
};

/** How the report names each clock; none is called just MTTR. */
export const CLOCK_WORDS: Record<Clock, ClockWords> = {
  acknowledge: {
    name: "Time to acknowledge",
    done: "acknowledged",
    definition:
      "First page to the first acknowledgement by a person. A machine's acknowledgement does not count.",
  },
  respond: {
    name: "Time to respond",
    done: "responded to",
    definition:
      "Detection to the first act of a person on the incident: acknowledgement, note, reassignment, change. Raising it is detection, not response.",
  },
  resolve: {
    name: "Time to resolve",
    done: "resolved",
    definition:
      "Trigger to the last resolve, snoozed time included; imported ones that end where they start have no length.",
  },
  mitigate: {
    name: "Time to mitigate",
    done: "mitigated",
    definition: "Detection to the moment somebody recorded that the impact was over.",
  },
};
