import { describe, expect, it } from "vitest";
import { acknowledge } from "#lib/incidents/acknowledge";
import { tellOfChange } from "#lib/incidents/changed-notice";
import type { IncidentChange, IncidentState, Transition } from "#lib/incidents/incident";
import { START } from "#lib/testing/incident-cases";

const ann = { userId: "ANN", name: "Ann" };
const ben = { userId: "BEN", name: "Ben" };

const held = {
  id: "I",
  number: 7,
  title: "Checkout 5xx",
  status: "triggered",
  urgency: "high",
  assignees: [ann, ben],
  acknowledgers: [],
  pending: [],
  service: { acknowledgementTimeout: null },
} as unknown as IncidentState;

function changeOf(transition: Transition): IncidentChange {
  if (transition.kind === "refused") throw new Error(transition.because);
  return transition;
}

const byBen = { type: "user" as const, id: "BEN", name: "Ben", channel: "website" };

describe("who is told that an incident was changed", () => {
  it("is whoever else held it", () => {
    const change = changeOf(acknowledge(held, byBen, new Date(START)));
    expect(tellOfChange(held, change, byBen)).toMatchObject({
      userIds: ["ANN"],
      says: { title: "#7 was acknowledged by Ben", path: "/incidents/7" },
    });
  });

  it("is nobody who is paged for it anyway, nobody for low urgency, and nobody for what is no news", () => {
    const change = changeOf(acknowledge(held, byBen, new Date(START)));
    const page = { userId: "ANN", reason: "escalated" as const, level: 2, trace: [] };
    expect(tellOfChange(held, { ...change, pages: [page] }, byBen)).toBeNull();
    expect(tellOfChange({ ...held, urgency: "low" }, change, byBen)).toBeNull();
    expect(tellOfChange(held, { ...change, topic: "incident.annotated" }, byBen)).toBeNull();
  });
});
