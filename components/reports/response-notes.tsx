import { CountedLink } from "#components/reports/counted-link";
import { Disclosure } from "#components/ui/disclosure";
import { Fact, Facts } from "#components/ui/facts";
import { CLOCKS } from "#lib/incidents/filter";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import { formatPercent } from "#lib/reports/percent";
import type { ResponseReport } from "#lib/reports/response-report";

/** What every word and figure of the report means. */
export function ResponseDefinitions() {
  return (
    <Disclosure summary="What is measured, and how">
      <Facts className="max-w-3xl py-2">
        {CLOCKS.map((clock) => (
          <Fact key={clock} term={CLOCK_WORDS[clock].name}>
            {CLOCK_WORDS[clock].definition}
          </Fact>
        ))}
        <Fact term="90 % interval">
          Where the median would lie nine times in ten if the same process ran again (percentile bootstrap,
          computed exactly). From 5 incidents on.
        </Fact>
        <Fact term="p90">
          Nine in ten were faster. Shown from 20 incidents on: fewer say nothing about the tail.
        </Fact>
        <Fact term="Verdict">
          A change is claimed only if the last complete period lies outside the natural limits of a process
          behaviour chart (XmR of the log of the median, 3 × mean moving range over the first twelve periods),
          or ends a run of eight on one side. Two periods compared alone would show a change most of the time
          when there is none.
        </Fact>
        <Fact term="Still open">
          Open incidents count for as long as they have been seen and never as finished (Kaplan–Meier).
        </Fact>
        <Fact term="Which incidents">
          By when they were created, in your time zone. Merged ones and those that a machine resolved are left
          out unless you ask for them. A team&rsquo;s incidents are those of the services it owns now.
        </Fact>
      </Facts>
    </Disclosure>
  );
}

/** How many escalated because nobody acknowledged in time, for the footer. */
export function EscalatedShare({ escalated }: Pick<ResponseReport, "escalated">) {
  const share = escalated.proportion;
  if (share === null) return null;
  return (
    <>
      {" "}
      Escalated because nobody acknowledged in time: {formatPercent(share.share)} (
      <CountedLink counted={escalated} noun="escalated incidents" />/{escalated.of.toLocaleString("en")}{" "}
      paged, 95 % interval {formatPercent(share.low)} to {formatPercent(share.high)}).
    </>
  );
}
