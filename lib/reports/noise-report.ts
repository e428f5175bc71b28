import type { AlertOutcome } from "#lib/alerts/filter";
import type { KindAdvice } from "#lib/alerts/kind-advice";
import type { PausedBy } from "#lib/alerts/verdict";
import type { PeriodUnit } from "#lib/reports/period";
import type { Counted } from "#lib/reports/report-frame";
import type { Limits } from "#lib/statistics/process-behaviour";
import type { Signal } from "#lib/statistics/control-chart";
import type { Verdict } from "#lib/statistics/verdict";
import type { Proportion } from "#lib/statistics/wilson";

/** The steps of the funnel, each a part of the one before. All count alerts; events are counted beside them. */
export const FUNNEL_STEPS = ["alerts", "visible", "placed", "opened", "interrupting", "acted"] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

export const STEP_NAMES: Record<FunnelStep, string> = {
  alerts: "Alerts",
  visible: "Not suppressed",
  placed: "Not held back",
  opened: "Opened an incident",
  interrupting: "Interrupted somebody",
  acted: "Acted on",
};

export type ActionRate = {
  acted: Counted;
  /** Incidents of which it is known: over, or acted on. */
  judged: Counted;
  /** Open, and nobody did anything yet. */
  waiting: Counted;
  proportion: Proportion | null;
};

/** What a service or a kind of alert cost: numbers open the alerts that they count. */
export type Offender = {
  key: string;
  name: string;
  /** The service of a kind. */
  service: string | null;
  alerts: Counted;
  opened: Counted;
  interruptions: number;
  sleepInterruptions: number;
  /** Of all interruptions in the report. */
  share: number;
  /** With all offenders above it. */
  soFar: number;
  rate: ActionRate;
  /** What would keep its incidents away; null: nothing, or it is a service. */
  advice: KindAdvice | null;
};

/** What became of alerts that were held back for a time. */
export type Pausing = {
  by: PausedBy;
  paused: Counted;
  /** Ended by themselves: nobody was told. */
  over: Counted;
  /** Their incident opened when the time was up, or by hand. */
  opened: Counted;
  /** Of these, those that were acted on: they were told of late. */
  acted: Counted;
  /** Still held back. */
  waiting: Counted;
};

/** What hid alerts from people, and how often it was wrong to. `by`: null for a rule, which `because` names. */
export type Hiding = {
  by: PausedBy | null;
  because: string;
  hidden: Counted;
  missed: Counted;
  /** Missed of hidden. */
  regret: Proportion | null;
};

/** A rule as it is in force, and how often it matched in the range. */
export type RuleEffect = {
  setId: string;
  ruleId: string;
  label: string;
  set: string;
  version: number;
  does: string;
  state: "on" | "watched" | "off";
  hits: number;
  shadowHits: number;
};

export type NoisePeriod = {
  day: string;
  incomplete: boolean;
  outcomes: (Counted & { outcome: AlertOutcome })[];
  opened: Counted;
};

export type NoiseReport = {
  generatedAt: string;
  timeZone: string;
  from: string;
  to: string;
  unit: PeriodUnit;
  funnel: Record<FunnelStep, Counted>;
  /** Events that the alerts are made of, the interruptions by their incidents, and events that rules dropped before (of all services). */
  events: number;
  interruptions: number;
  dropped: number;
  rate: ActionRate;
  /** Alerts that their source ended within five minutes. */
  brief: { ended: Counted; proportion: Proportion | null };
  periods: NoisePeriod[];
  limits: Limits | null;
  signals: Signal[];
  /** Of incidents opened. */
  verdict: Verdict;
  /** Most interruptions first. */
  services: Offender[];
  kinds: Offender[];
  /** How many kinds there are. */
  kindCount: number;
  /** Kinds whose incidents nobody ever did anything about. */
  ignored: Offender[];
  pausing: Pausing[];
  hiding: Hiding[];
  rules: RuleEffect[];
};

/** How much less people are bothered with than monitors say: 1 − to/from; null where there is nothing to compare. */
export function reduction(from: number, to: number): number | null {
  return from === 0 ? null : 1 - to / from;
}
