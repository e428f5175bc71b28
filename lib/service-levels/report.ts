import type { ServiceLevelMetric, ServiceLevelState } from "#lib/service-levels/vocabulary";

/** One window of a service's availability: the share of it without an outage, and what is left of what may be missed. */
export type AvailabilityWindow = {
  downMs: number;
  /** Per cent. */
  upPercent: number;
  /** Of the whole window, up to its end; null: nothing was promised. Negative: overdrawn. */
  budgetLeftMs: number | null;
};

export type Availability = {
  serviceId: string;
  slug: string;
  name: string;
  tier: number;
  target: number | null;
  month: AvailabilityWindow;
  rolling: AvailabilityWindow;
  /** The last 90 days, oldest first: minutes of outage on each. */
  days: { date: string; downMs: number }[];
  outages: { count: number; href: string };
};

/** A service that customers meet in one span of time. */
export type PeriodAvailability = Pick<Availability, "serviceId" | "slug" | "name" | "target" | "outages"> &
  AvailabilityWindow & {
    /** Per cent of the span before. */
    before: number;
  };

export type LevelCount = { count: number; href: string };

/** Compliance is met ÷ (met + breached); what still runs beyond its time is breached, what runs otherwise is not judged yet. */
export type Compliance = {
  states: Record<ServiceLevelState, LevelCount>;
  judged: number;
  /** Share from 0 to 1 with its 95 % interval; null: nothing was judged. */
  share: number | null;
  low: number | null;
  high: number | null;
  budget: { allowed: number; left: number };
};

export type LevelCompliance = {
  policyId: string;
  name: string;
  metric: ServiceLevelMetric;
  goalPercent: number;
  month: Compliance;
  rolling: Compliance;
  /** Over the rolling 28 days, worst priority first; null: without one. */
  priorities: (Compliance & { priority: string | null })[];
  misses: { number: number; title: string; service: string; lateMs: number | null }[];
};

export type ServiceLevelReport = {
  generatedAt: string;
  timeZone: string;
  monthStart: string;
  rollingStart: string;
  levels: LevelCompliance[];
  availability: Availability[];
};
