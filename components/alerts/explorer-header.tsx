import type { ReactNode } from "react";
import { AlertFilterBar } from "#components/alerts/alert-filter-bar";
import type { AlertChoices } from "#components/alerts/alert-filter-bar";
import { PageHeader } from "#components/layout/page-header";
import { SaveLink } from "#components/reports/save-link";
import { LinkTabs, SegmentedLinks } from "#components/ui/tabs";
import { alertsHref } from "#lib/alerts/filter";
import type { AlertFilter } from "#lib/alerts/filter";
import { DEFAULT_SPAN, SPAN_NAMES, SPANS } from "#lib/alerts/span";
import type { Span } from "#lib/alerts/span";

interface ExplorerHeaderProps {
  path: "/alerts" | "/alerts/noise";
  sentence: ReactNode;
  filter: AlertFilter;
  /** Null: the filter has its own times. */
  span: Span | null;
  choices: AlertChoices;
  ignored: readonly string[];
  /** What the page has in its address beside filter and span. */
  own?: Readonly<Record<string, string | null>>;
}

/** Title, what is shown and how much, the ways to look at it, and the filters of the explorer. */
export function ExplorerHeader({
  path,
  sentence,
  filter,
  span,
  choices,
  ignored,
  own = {},
}: ExplorerHeaderProps) {
  const words = { ...own, span: span === DEFAULT_SPAN ? null : span };
  return (
    <PageHeader
      title="Alerts"
      description={sentence}
      actions={<SaveLink href={alertsHref(filter, words, path)} />}
    >
      <LinkTabs
        label="Ways to look at alerts"
        tabs={[
          { href: alertsHref(filter, { span: words.span }), label: "One by one", exact: true },
          { href: alertsHref(filter, { span: words.span }, "/alerts/noise"), label: "By kind" },
        ]}
      />
      <SegmentedLinks
        label="Time"
        options={[
          ...SPANS.map((one) => ({
            href: alertsHref(
              { ...filter, from: null, to: null },
              { ...own, span: one === DEFAULT_SPAN ? null : one },
              path,
            ),
            label: SPAN_NAMES[one],
            current: span === one,
          })),
          ...(span === null
            ? [{ href: alertsHref(filter, own, path), label: timesOf(filter), current: true }]
            : []),
        ]}
      />
      <AlertFilterBar
        key={alertsHref(filter)}
        path={path}
        own={words}
        filter={filter}
        choices={choices}
        ignored={ignored}
      />
    </PageHeader>
  );
}

function timesOf({ from, to }: AlertFilter): string {
  const short = (text: string | null) => text?.slice(0, 16).replace("T", " ") ?? null;
  if (from === null) return `until ${short(to) ?? "now"}`;
  return to === null ? `since ${short(from) ?? ""}` : `${short(from) ?? ""} to ${short(to) ?? ""}`;
}
