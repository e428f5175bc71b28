import type { Metadata } from "next";
import { ExplorerHeader } from "#components/alerts/explorer-header";
import { KindScatter, KindTable } from "#components/alerts/kind-figures";
import { NoAlerts } from "#components/alerts/no-alerts";
import { ReportPanel } from "#components/reports/report-panel";
import { SegmentedLinks } from "#components/ui/tabs";
import { alertsHref, parseAlertFilter } from "#lib/alerts/filter";
import { explorerSentence } from "#lib/alerts/filter-words";
import { KIND_ORDER_NAMES, KIND_ORDERS } from "#lib/alerts/kind-order";
import { listAlertKinds } from "#lib/alerts/queries/alert-kinds";
import { readAlertChoices } from "#lib/alerts/queries/explorer-choices";
import { countAlerts } from "#lib/alerts/queries/list-alerts";
import { DEFAULT_SPAN, readSpan, within } from "#lib/alerts/span";
import { requireContext } from "#lib/auth/session";
import { readNow } from "#lib/context";
import { pageParameters } from "#lib/http/page-parameters";

export const metadata: Metadata = { title: "Kinds of alerts" };

const PATH = "/alerts/noise";
const MOST = 100;

export default async function AlertKindsPage({ searchParams }: PageProps<"/alerts/noise">) {
  const [ctx, given] = await Promise.all([requireContext(), searchParams]);
  const parameters = pageParameters(given);
  const { filter, ignored } = parseAlertFilter(parameters);
  const own = filter.from !== null || filter.to !== null;
  const span = own ? null : (readSpan(parameters.get("span")) ?? DEFAULT_SPAN);
  const order = KIND_ORDERS.find((one) => one === parameters.get("order")) ?? "alerts";
  const now = await readNow(ctx.db);
  const bounded = within(filter, span ?? DEFAULT_SPAN, ctx.actor.timeZone, now);
  const [{ kinds, total }, counts, choices] = await Promise.all([
    listAlertKinds(ctx, { filter: bounded, order, limit: MOST }),
    countAlerts(ctx, bounded),
    readAlertChoices(ctx, filter),
  ]);
  const milliseconds =
    Math.min(Date.parse(bounded.to ?? now.toISOString()), now.getTime()) - Date.parse(bounded.from);
  const shown = total > kinds.length ? `, of which ${kinds.length} are shown` : "";
  return (
    <>
      <ExplorerHeader
        path={PATH}
        sentence={`${total.toLocaleString("en")} ${total === 1 ? "kind" : "kinds"}${shown}: ${explorerSentence(counts)}`}
        filter={filter}
        span={span}
        choices={choices}
        ignored={ignored}
        own={{ order: order === "alerts" ? null : order }}
      />
      {kinds.length === 0 ? (
        <NoAlerts filter={filter} span={span} path={PATH} />
      ) : (
        <div className="flex flex-col gap-4">
          <ReportPanel>
            <KindScatter kinds={kinds} filter={bounded} milliseconds={milliseconds} />
          </ReportPanel>
          <SegmentedLinks
            label="Order"
            options={KIND_ORDERS.map((one) => ({
              href: alertsHref(filter, { span, order: one === "alerts" ? null : one }, PATH),
              label: KIND_ORDER_NAMES[one],
              current: one === order,
            }))}
          />
          <KindTable kinds={kinds} filter={bounded} />
        </div>
      )}
    </>
  );
}
