import { CircleCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { TextLink } from "#components/ui/link";
import { cn } from "#components/ui/class-name";
import type { Quality } from "#lib/on-call/client";

/** Three readings of the coming weeks, side by side and never one score. */
export function QualityCards({ quality }: { quality: Quality }) {
  return (
    <div className="mb-4 grid gap-px overflow-clip rounded-card border bg-border md:grid-cols-3">
      <Coverage quality={quality} />
      <Fairness quality={quality} />
      <Rest quality={quality} />
    </div>
  );
}

interface ReadingProps {
  name: string;
  value: string;
  tone: "good" | "bad" | "neutral";
  children: ReactNode;
}

function Reading({ name, value, tone, children }: ReadingProps) {
  const Icon = { good: CircleCheck, bad: TriangleAlert, neutral: null }[tone];
  const colour = { good: "text-status-green-fg", bad: "text-status-red-fg", neutral: "text-text" }[tone];
  return (
    <section aria-label={name} className="bg-surface px-4 py-3">
      <h2 className="text-table font-regular text-text-2">{name}</h2>
      <p className={cn("tabular flex items-center gap-1.5 text-section font-semibold", colour)}>
        {Icon === null ? null : <Icon aria-hidden className="size-4.5 shrink-0" />}
        {value}
      </p>
      <div className="text-meta text-text-3">{children}</div>
    </section>
  );
}

function Coverage({ quality: { coveragePercent, gaps, days } }: { quality: Quality }) {
  const [first] = gaps;
  return (
    <Reading name="Coverage" value={`${coveragePercent} %`} tone={first === undefined ? "good" : "bad"}>
      {first === undefined ? (
        `No gaps in the next ${days} days.`
      ) : (
        <>
          {gaps.length} {gaps.length === 1 ? "gap" : "gaps"} in the next {days} days.{" "}
          <TextLink href={`?view=week&from=${first.start.slice(0, 10)}`}>Show the first</TextLink>
        </>
      )}
    </Reading>
  );
}

function Fairness({ quality: { fairness, days } }: { quality: Quality }) {
  const named = outliersOf(fairness.people, "deviationPercent");
  const sleepless = outliersOf(fairness.people, "nightDeviationPercent");
  return (
    <Reading
      name="Fairness"
      value={fairness.spreadPercent === null ? "–" : `±${fairness.spreadPercent} %`}
      tone="neutral"
    >
      {fairness.spreadPercent === null
        ? "One person alone can’t share."
        : named.length === 0
          ? `On-call hours of ${fairness.people.length} people over ${days} days.`
          : `${named.join(", ")} of an equal share of hours.`}
      {fairness.nightSpreadPercent === null
        ? ""
        : ` Sleep hours: ±${fairness.nightSpreadPercent} %${sleepless.length === 0 ? "." : `, ${sleepless.join(", ")}.`}`}
    </Reading>
  );
}

type Load = Quality["fairness"]["people"][number];

/** Those furthest from an equal share, by name. */
function outliersOf(people: readonly Load[], of: "deviationPercent" | "nightDeviationPercent"): string[] {
  return people
    .filter((person) => Math.abs(person[of]) >= 10)
    .toSorted((a, b) => Math.abs(b[of]) - Math.abs(a[of]))
    .slice(0, 3)
    .map((person) => `${person.user.name} ${signed(person[of])} %`);
}

function Rest({ quality: { warnings, days } }: { quality: Quality }) {
  const long = warnings.filter(({ kind }) => kind === "long-stretch").length;
  const nights = warnings.reduce((sum, it) => sum + (it.kind === "night-hand-off" ? it.count : 0), 0);
  const isRested = long + nights === 0;
  const parts = [
    long === 0 ? "" : `${long} ${long === 1 ? "stretch" : "stretches"} of more than 7 days`,
    nights === 0 ? "" : `${nights} ${nights === 1 ? "hand-off" : "hand-offs"} at night`,
  ].filter(Boolean);
  return (
    <Reading
      name="Rest"
      value={isRested ? "Kept" : `${long + nights} ${long + nights === 1 ? "concern" : "concerns"}`}
      tone={isRested ? "good" : "neutral"}
    >
      {isRested ? `Nobody is on call for more than 7 days on end.` : `${parts.join(", ")} in ${days} days.`}
    </Reading>
  );
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : `−${Math.abs(value)}`;
}
