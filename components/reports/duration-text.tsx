import { formatDuration } from "#lib/time/format";

/** A duration of a report; a dash, with its reason, where there is none. */
export function DurationText({ ms, because = "Nothing measured" }: { ms: number | null; because?: string }) {
  if (ms !== null) return <span className="tabular whitespace-nowrap">{formatDuration(ms)}</span>;
  return (
    <span title={because} className="text-text-3">
      –<span className="sr-only"> {because}</span>
    </span>
  );
}

/** The two ends of a range; a dash unless both are known. */
export function RangeText({
  low,
  high,
  because,
}: {
  low: number | null;
  high: number | null;
  because: string;
}) {
  if (low === null || high === null) return <DurationText ms={null} because={because} />;
  return (
    <span className="tabular whitespace-nowrap">
      {formatDuration(low)} to {formatDuration(high)}
    </span>
  );
}
