import { PROBLEM_SERVICE } from "#db/seed/demo/catalogue";
import type { DemoService } from "#db/seed/demo/catalogue";
import { pick } from "#lib/statistics/random";
import type { Random } from "#lib/statistics/random";

const TITLES: Record<DemoService["kind"], readonly string[]> = {
  api: [
    "error rate above 5 % for 5 minutes",
    "p99 latency above 2 s",
    "health check failing in us-east",
    "request queue growing, oldest 40 s",
    "error budget of the month nearly spent",
  ],
  feed: [
    "no messages for 60 s",
    "consumer lag above 100,000",
    "late messages from provider",
    "duplicate sequence numbers",
    "partition without leader",
  ],
  store: [
    "replica lag above 30 s",
    "disk 90 % full",
    "connections exhausted",
    "slow queries on the primary",
    "failover in progress",
  ],
  job: [
    "run overdue by 30 minutes",
    "last run failed",
    "backlog above 50,000",
    "retries exhausted for one provider",
  ],
  app: [
    "crash rate above 1 %",
    "start-up time above 4 s",
    "blank page after sign-in",
    "images missing from the edge cache",
  ],
};

/** The fault that keeps coming back on game days. */
export const PROBLEM_TITLE = "Bet slip: price-changed confirmation loops on parlays with eight or more legs";

/** A single probe that fails: it mostly ends by itself, and a rule waits for that. */
export const PROBE_TITLE = "Bet slip: probe failed from us-west-2";

const UNUSUAL = [
  "投注单在确认赔率变更后无法提交",
  "فشل تأكيد القسيمة عند تغيّر الأسعار أثناء المباراة",
  "ライブスコアの更新が3分以上遅延しています",
  "אימות מיקום נכשל ללקוחות בניו ג׳רזי",
  "Customers in New Jersey, Pennsylvania, Michigan and Ontario report that deposits by debit card are accepted by the bank but do not show in the balance until the app is restarted",
];

/** What an incident of this service is called. */
export function titleOf(service: DemoService, random: Random): string {
  if (random() < 0.012) return pick(random, UNUSUAL);
  return `${service.name}: ${pick(random, TITLES[service.kind])}`;
}

export function isProblemService(service: DemoService): boolean {
  return service.name === PROBLEM_SERVICE;
}

export const NOTES = [
  "Rolled back the last release; error rate is falling.",
  "Scaled the pool from 12 to 20. Watching.",
  "Provider confirms trouble on their side, no time given.",
  "Same picture as last weekend. Restarting the stuck consumers one by one.",
  "Customer experience has told customers; about 40 contacts so far.",
  "Flag turned off for everybody. Looks better.",
] as const;

export const RESOLUTIONS = [
  "Rolled back.",
  "Scaled out; a limit has been raised for the next game day.",
  "The provider recovered.",
  "Restarted; cause still to be found.",
  "Configuration corrected and checked in.",
] as const;
