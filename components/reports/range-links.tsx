import { SegmentedLinks } from "#components/ui/tabs";
import { RANGES } from "#lib/reports/period";
import type { RangeName } from "#lib/reports/period";

const RANGE_NAMES: Record<RangeName, string> = {
  "4w": "4 weeks",
  "13w": "13 weeks",
  "26w": "26 weeks",
  "52w": "52 weeks",
};

interface RangeLinksProps {
  /** Null: the report has its own dates. */
  current: RangeName | null;
  hrefOf: (range: RangeName) => string;
}

/** The stretches of time that reports offer. */
export function RangeLinks({ current, hrefOf }: RangeLinksProps) {
  return (
    <SegmentedLinks
      label="Range"
      options={RANGES.map((range) => ({
        href: hrefOf(range),
        label: RANGE_NAMES[range],
        current: range === current,
      }))}
    />
  );
}
