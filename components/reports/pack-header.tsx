import { SegmentedLinks } from "#components/ui/tabs";
import { ButtonLink } from "#components/ui/link";
import type { PackReport } from "#lib/reports/pack-report";

interface PackHeaderProps {
  report: PackReport;
  /** The address of another period or unit. */
  hrefOf: (unit: string, key: string | null) => string;
  units: readonly { unit: string; label: string }[];
  /** Stands on paper, where nothing else says whose report it is. */
  organisation: string;
}

/** Which period it is, and the ways to others. */
export function PackHeader({ report, hrefOf, units, organisation }: PackHeaderProps) {
  const { period, previous, next, unit, incomplete, timeZone } = report;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <h2 className="text-reading font-semibold">
        {period.label}
        {incomplete ? " so far" : ""}
        <span className="hidden font-regular text-text-2 print:inline">
          {" "}
          · {organisation} · {timeZone}
        </span>
      </h2>
      <div data-screen className="flex flex-wrap items-center gap-2">
        <ButtonLink href={hrefOf(unit, previous.key)}>{previous.label}</ButtonLink>
        {next === null ? null : <ButtonLink href={hrefOf(unit, next.key)}>{next.label}</ButtonLink>}
        <SegmentedLinks
          label="Period"
          options={units.map((one) => ({
            href: hrefOf(one.unit, null),
            label: one.label,
            current: one.unit === unit,
          }))}
        />
      </div>
    </div>
  );
}
