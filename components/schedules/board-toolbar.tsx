import { ChevronLeft, ChevronRight } from "lucide-react";
import { ButtonLink } from "#components/ui/link";
import { SegmentedLinks } from "#components/ui/tabs";
import type { CalendarPage } from "#lib/on-call/calendar-view";
import { scheduleAddress } from "#lib/on-call/schedule-address";
import type { ScheduleAddress } from "#lib/on-call/schedule-address";
import { zoneCity } from "#lib/time/format";

interface BoardToolbarProps {
  slug: string;
  address: ScheduleAddress;
  page: CalendarPage;
  scheduleZone: string;
  /** Where it differs from the schedule's. */
  ownZone: string | null;
}

const VIEWS = [
  ["day", "Day"],
  ["week", "Week"],
  ["2w", "2 weeks"],
  ["month", "Month"],
] as const;

/** Paging, zoom, zone and drawing or list: all links, so that every state has its address. */
export function BoardToolbar({ slug, address, page, scheduleZone, ownZone }: BoardToolbarProps) {
  const to = (change: Partial<ScheduleAddress>) => scheduleAddress(slug, address, change);
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="flex items-center gap-1">
        <ButtonLink
          href={to({ from: page.previous })}
          replace
          scroll={false}
          aria-label="Before"
          icon={<ChevronLeft aria-hidden />}
          className="w-control px-0"
        />
        <ButtonLink
          href={to({ from: null })}
          replace
          scroll={false}
          aria-current={page.isCurrent ? "date" : undefined}
        >
          Today
        </ButtonLink>
        <ButtonLink
          href={to({ from: page.next })}
          replace
          scroll={false}
          aria-label="After"
          icon={<ChevronRight aria-hidden />}
          className="w-control px-0"
        />
      </div>
      <p className="tabular min-w-40 flex-1 font-medium">{page.title}</p>
      {ownZone === null ? null : (
        <SegmentedLinks
          label="Time zone"
          options={[
            {
              href: to({ zone: "schedule" }),
              label: zoneCity(scheduleZone),
              current: address.zone === "schedule",
            },
            {
              href: to({ zone: "mine" }),
              label: `Mine (${zoneCity(ownZone)})`,
              current: address.zone === "mine",
            },
          ]}
        />
      )}
      <SegmentedLinks
        label="Zoom"
        options={VIEWS.map(([view, label]) => ({
          href: to({ view }),
          label,
          current: address.view === view,
        }))}
      />
      <SegmentedLinks
        label="Form"
        className="max-md:hidden"
        options={[
          { href: to({ show: "lanes" }), label: "Timeline", current: address.show === "lanes" },
          { href: to({ show: "list" }), label: "List", current: address.show === "list" },
        ]}
      />
    </div>
  );
}
