import { Time } from "#components/time/time";
import { Disclosure } from "#components/ui/disclosure";
import { Fact, Facts } from "#components/ui/facts";
import type { PackReport } from "#lib/reports/pack-report";

/** What the words mean, which tests stand behind the verdicts, and as of when. */
export function PackNotes({ report }: { report: PackReport }) {
  const { verdicts, generatedAt, timeZone } = report;
  return (
    <>
      <Disclosure summary="What is measured, and what the tests say">
        <Facts className="max-w-3xl py-2">
          <Fact term="Major incidents">{verdicts.major.because}</Fact>
          <Fact term="Found by us first">{verdicts.found.because}</Fact>
          <Fact term="Time to respond">{verdicts.clocks.respond.because}</Fact>
          <Fact term="Interruptions in hours of sleep">{verdicts.sleep.because}</Fact>
          <Fact term="Verdicts">
            Two periods are compared by a test that calls a change where there is none once in fifty times.
            What comes in bursts is judged by its course over thirteen weeks or months. Numbers without a
            verdict are not tested.
          </Fact>
          <Fact term="Which incidents">
            By when they were created, without merged ones and those that a machine resolved. Interruptions
            count by when they happened, whatever became of the incident.
          </Fact>
          <Fact term="Minutes that customers noticed">
            From the start of the impact to its end, for incidents with customer impact; one that goes on
            counts until now.
          </Fact>
        </Facts>
      </Disclosure>
      <p className="border-t pt-3 text-meta text-text-3">
        Generated <Time at={generatedAt} format="date-time" /> ({timeZone}), data complete to that moment.
      </p>
    </>
  );
}
