import type { RefusalReason } from "#lib/incidents/incident";

/** The sentence a person reads, and the public API's own number and text for the same refusal. */
export const REFUSALS: Record<RefusalReason, { sentence: string; wireCode: number; wireText: string }> = {
  "already-resolved": {
    sentence: "It is already resolved.",
    wireCode: 1001,
    wireText: "Incident Already Resolved",
  },
  "not-resolved": { sentence: "It is still open.", wireCode: 1003, wireText: "Invalid Status Provided" },
  "not-acknowledged": {
    sentence: "Nobody has acknowledged it.",
    wireCode: 1012,
    wireText: "Incident is not Acknowledged",
  },
  "low-urgency": {
    sentence: "Low-urgency incidents don't escalate.",
    wireCode: 1006,
    wireText: "Cannot Escalate",
  },
  "no-such-level": { sentence: "The policy has no such level.", wireCode: 1006, wireText: "Cannot Escalate" },
  same: { sentence: "Nothing would change.", wireCode: 2001, wireText: "Invalid Input Provided" },
  merged: {
    sentence: "It was merged into another incident.",
    wireCode: 1019,
    wireText: "Incident Already Merged",
  },
  nobody: { sentence: "Nobody was named.", wireCode: 1007, wireText: "Assigned To User Not Found" },
};
