import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterBeat, underPlan, whenDue } from "#lib/heartbeats/heartbeat";
import type { HeartbeatPlan, HeartbeatState } from "#lib/heartbeats/heartbeat";

const PLAN: HeartbeatPlan = {
  id: "QHB",
  name: "Nightly backup",
  everySeconds: 86_400,
  graceSeconds: 3_600,
  severity: "error",
};
const UNHEARD: HeartbeatState = { lastBeatAt: null, dueAt: null, isLate: false };
const START = Date.parse("2026-01-11T03:00:00Z");
const at = (hours: number) => new Date(START + hours * 3_600_000);

describe("a heartbeat", () => {
  it("misses nothing before it reported for the first time", () => {
    expect(whenDue(PLAN, UNHEARD, at(1000))).toBeNull();
  });

  it("is late once period and grace are over, not a moment before", () => {
    const { state } = afterBeat(PLAN, UNHEARD, at(0));
    expect(state.dueAt).toEqual(at(25));
    expect(whenDue(PLAN, state, new Date(at(25).getTime() - 1))).toBeNull();
    expect(whenDue(PLAN, state, at(25))).toMatchObject({
      state: { isLate: true, dueAt: at(49) },
      event: {
        action: "trigger",
        dedupKey: "heartbeat:QHB",
        severity: "error",
        summary: "Nightly backup: no signal for 1 d 1 h, expected every 1 d and 1 h 00 m of grace",
      },
    });
  });

  it("tells its silence again, at most hourly, and ends it with the next signal", () => {
    const often = { ...PLAN, everySeconds: 60, graceSeconds: 0 };
    const late = whenDue(often, afterBeat(often, UNHEARD, at(0)).state, at(1));
    expect(late?.state.dueAt).toEqual(at(2));
    const back = afterBeat(often, late?.state ?? UNHEARD, at(1.5));
    expect(back.event).toMatchObject({ action: "resolve", dedupKey: "heartbeat:QHB" });
    expect(back.state).toEqual({
      lastBeatAt: at(1.5),
      dueAt: new Date(at(1.5).getTime() + 60_000),
      isLate: false,
    });
  });

  it("is judged by a changed plan from its last signal on", () => {
    const { state } = afterBeat(PLAN, UNHEARD, at(0));
    const hourly = { ...PLAN, everySeconds: 3_600, graceSeconds: 0 };
    expect(underPlan(hourly, state).dueAt).toEqual(at(1));
    expect(underPlan(hourly, UNHEARD)).toEqual(UNHEARD);
  });

  it("opens and closes in turn, whatever the order of signals and looks", () => {
    const steps = fc.array(fc.record({ minutes: fc.integer({ min: 0, max: 300 }), beats: fc.boolean() }));
    fc.assert(
      fc.property(steps, (taken) => {
        const plan = { ...PLAN, everySeconds: 3_600, graceSeconds: 600 };
        let state = UNHEARD;
        let now = START;
        let isOpen = false;
        for (const { minutes, beats } of taken) {
          now += minutes * 60_000;
          const outcome = beats ? afterBeat(plan, state, new Date(now)) : whenDue(plan, state, new Date(now));
          if (!outcome) continue;
          const closesNothing = outcome.event?.action === "resolve" && !isOpen;
          if (outcome.event) isOpen = outcome.event.action === "trigger";
          state = outcome.state;
          expect({ closesNothing, isLate: state.isLate }).toEqual({ closesNothing: false, isLate: isOpen });
        }
      }),
    );
  });
});
