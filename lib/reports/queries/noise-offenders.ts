import { sql } from "drizzle-orm";
import { adviseOn } from "#lib/alerts/kind-advice";
import { kindText } from "#lib/alerts/queries/alert-kinds";
import { OPENED_SUMS } from "#lib/alerts/queries/matching-alerts";
import type { Offender } from "#lib/reports/noise-report";
import { actionRate, countedAlerts } from "#lib/reports/queries/noise-scope";
import type { NoisePopulation } from "#lib/reports/queries/noise-scope";

const MOST = 20;
/** Fewer incidents than this, all left alone, say nothing about a kind. */
const FEWEST_IGNORED = 5;
const MOST_IGNORED = 10;

type Costs = {
  service_id: string;
  name: string;
  alerts: number;
  opened: number;
  acted: number;
  ignored: number;
  waiting: number;
  interruptions: number;
  sleep: number;
};

export type ServiceCosts = Costs;
export type KindCosts = Costs & {
  template_id: string | null;
  tokens: string[] | null;
  slug: string;
  brief_opened: number;
  brief_acted: number;
  soon_opened: number;
};

/** The services whose alerts interrupted people most, at most twenty; reads `matching` and `openers`. */
export const NOISY_SERVICES = sql`
  select m.service_id, v.name, m.alerts, coalesce(o.opened, 0) as opened, coalesce(o.acted, 0) as acted, coalesce(o.ignored, 0) as ignored,
    coalesce(o.waiting, 0) as waiting, coalesce(o.interruptions, 0) as interruptions, coalesce(o.sleep, 0) as sleep
  from (select service_id, count(*)::int as alerts from matching group by 1) m
  join services v on v.id = m.service_id
  left join (select service_id, ${OPENED_SUMS} from openers group by 1) o on o.service_id = m.service_id
  order by interruptions desc, m.alerts desc, m.service_id limit ${MOST}`;

const KIND_COLUMNS = sql`k.service_id, k.template_id, v.name, v.slug, t.tokens, k.alerts, k.opened, k.acted, k.ignored, k.waiting, k.interruptions, k.sleep,
  k.brief_opened, k.brief_acted, k.soon_opened
  from kinds k join services v on v.id = k.service_id left join alert_templates t on t.id = k.template_id`;

/** The kinds of alerts that interrupted people most, at most twenty; reads `kinds`. */
export const NOISY_KINDS = sql`
  select ${KIND_COLUMNS} order by k.interruptions desc, k.alerts desc, k.service_id, k.template_id limit ${MOST}`;

/** Kinds of which incidents opened, and nobody ever did anything about one, at most ten; reads `kinds`. */
export const IGNORED_KINDS = sql`
  select ${KIND_COLUMNS} where k.acted = 0 and k.ignored >= ${FEWEST_IGNORED}
  order by k.ignored desc, k.service_id, k.template_id limit ${MOST_IGNORED}`;

/** `all`: interruptions of the whole report. */
export function serviceOffenders(
  population: NoisePopulation,
  rows: readonly ServiceCosts[],
  all: number,
): Offender[] {
  return offendersOf(rows, all, (row) => ({
    key: row.service_id,
    name: row.name,
    service: null,
    advice: null,
    own: { ...population, service: [row.service_id] },
  }));
}

export function kindOffenders(
  population: NoisePopulation,
  rows: readonly KindCosts[],
  all: number,
): Offender[] {
  return offendersOf(rows, all, (row) => ({
    key: `${row.service_id} ${row.template_id ?? "none"}`,
    name: kindText(row.tokens),
    service: row.name,
    advice: adviseOn({
      ...row,
      id: row.template_id ?? "none",
      briefOpened: row.brief_opened,
      briefActed: row.brief_acted,
      soonOpened: row.soon_opened,
      service: { slug: row.slug },
    }),
    own: { ...population, service: [row.service_id], kind: [row.template_id ?? "none"] },
  }));
}

function offendersOf<Row extends Costs>(
  rows: readonly Row[],
  all: number,
  named: (row: Row) => Pick<Offender, "key" | "name" | "service" | "advice"> & { own: NoisePopulation },
): Offender[] {
  let reached = 0;
  return rows.map((row) => {
    reached += row.interruptions;
    const { own, ...names } = named(row);
    return {
      ...names,
      alerts: countedAlerts(row.alerts, own),
      opened: countedAlerts(row.opened, { ...own, outcome: ["opened"] }),
      interruptions: row.interruptions,
      sleepInterruptions: row.sleep,
      share: all === 0 ? 0 : row.interruptions / all,
      soFar: all === 0 ? 0 : reached / all,
      rate: actionRate(own, row),
    };
  });
}
