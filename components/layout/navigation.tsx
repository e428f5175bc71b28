import {
  BellDot,
  BellRing,
  Building2,
  CalendarClock,
  ChartNoAxesColumn,
  ChevronsUp,
  Combine,
  FileWarning,
  House,
  KeyRound,
  Layers,
  ListFilter,
  PhoneCall,
  RadioTower,
  Repeat,
  ScrollText,
  Send,
  Siren,
  Timer,
  Trophy,
  UsersRound,
  Wrench,
  type LucideIcon,
} from "lucide-react";
import { hasPermission, type Permission } from "#lib/people/permissions";
import type { Role } from "#lib/people/roles";

export interface NavigationItem {
  href: string;
  label: string;
  icon: LucideIcon;
  keys?: string;
  /** Other words people search for. */
  keywords: readonly string[];
  needs?: Permission;
  /** Other paths that belong to it. */
  also?: readonly string[];
}

export const mainItems: readonly NavigationItem[] = [
  { href: "/", label: "Home", icon: House, keys: "g h", keywords: ["dashboard", "start", "needs me"] },
  {
    href: "/incidents",
    label: "Incidents",
    icon: Siren,
    keys: "g i",
    keywords: ["outage", "pages", "triage", "acknowledge", "open"],
  },
  {
    href: "/alerts",
    label: "Alerts",
    icon: BellDot,
    keys: "g a",
    keywords: ["noise", "explorer", "events", "symptoms", "suppressed", "held", "kinds"],
  },
  {
    href: "/on-call",
    label: "On-call",
    icon: PhoneCall,
    keys: "g o",
    keywords: ["who is on call", "duty", "contact", "pager"],
  },
  {
    href: "/services",
    label: "Services",
    icon: Layers,
    keys: "g s",
    keywords: ["catalog", "integrations", "ownership", "components"],
  },
  {
    href: "/schedules",
    label: "Schedules",
    icon: CalendarClock,
    keys: "g c",
    keywords: ["rota", "rotation", "calendar", "shifts", "override", "roster"],
  },
  {
    href: "/escalation",
    label: "Escalation policies",
    icon: ChevronsUp,
    keys: "g e",
    keywords: ["levels", "targets", "policy", "who is paged"],
  },
  {
    href: "/problems",
    label: "Problems",
    icon: Repeat,
    keys: "g p",
    keywords: [
      "recurring",
      "known error",
      "workaround",
      "root cause",
      "corrective actions",
      "reviews",
      "postmortem",
    ],
  },
  {
    href: "/rules",
    label: "Event rules",
    icon: ListFilter,
    keywords: ["router", "suppress", "drop", "pause", "noise", "orchestration", "routing"],
  },
  {
    href: "/reports/response",
    label: "Reports",
    icon: ChartNoAxesColumn,
    keys: "g r",
    keywords: ["mttr", "mtta", "metrics", "analytics", "response times", "trend"],
    also: ["/reports"],
  },
  {
    href: "/maintenance",
    label: "Maintenance",
    icon: Wrench,
    keys: "g m",
    keywords: ["window", "silence", "mute", "downtime", "suppress", "planned work"],
  },
  {
    href: "/people",
    label: "People",
    icon: UsersRound,
    keys: "g u",
    keywords: ["users", "teams", "roles", "contact methods", "invite"],
    also: ["/teams", "/readiness", "/me"],
  },
];

export const settingsItems: readonly NavigationItem[] = [
  {
    href: "/settings/organisation",
    label: "Organisation",
    icon: Building2,
    keywords: ["settings", "name", "catch-all", "demo", "remove demo data"],
    needs: "organisation.manage",
  },
  {
    href: "/settings/channels",
    label: "Channels",
    icon: RadioTower,
    keywords: ["settings", "sms", "texts", "calls", "phone", "twilio", "vonage", "provider", "slack"],
    needs: "organisation.manage",
  },
  {
    href: "/settings/grouping",
    label: "Grouping",
    icon: Combine,
    keywords: ["settings", "noise", "deduplicate", "correlate", "alerts", "sets"],
  },
  {
    href: "/settings/service-levels",
    label: "Service levels",
    icon: Timer,
    keywords: ["settings", "sla", "targets", "promise", "response time", "availability"],
  },
  {
    href: "/settings/game-days",
    label: "Game days",
    icon: Trophy,
    keywords: ["settings", "calendar", "peak", "events", "covariate", "load"],
  },
  {
    href: "/settings/api-keys",
    label: "API keys",
    icon: KeyRound,
    keys: "g ,",
    keywords: ["settings", "token", "access", "terraform"],
  },
  {
    href: "/settings/audit",
    label: "Audit log",
    icon: ScrollText,
    keywords: ["settings", "changes", "history", "who changed"],
    needs: "audit.read",
  },
  {
    href: "/settings/outbox",
    label: "Outbox",
    icon: Send,
    keywords: ["settings", "webhooks", "sent messages"],
  },
  {
    href: "/settings/notifications",
    label: "Notification log",
    icon: BellRing,
    keywords: ["settings", "deliveries", "why was I paged", "sms", "calls", "email"],
  },
  {
    href: "/settings/intake-errors",
    label: "Intake errors",
    icon: FileWarning,
    keywords: ["settings", "events", "rejected", "routing key"],
    needs: "configure",
  },
];

/** What a role may open; the pages decide again for themselves. */
export function visibleItems(items: readonly NavigationItem[], role: Role): readonly NavigationItem[] {
  return items.filter((item) => item.needs === undefined || hasPermission(role, item.needs));
}

/** Whether a page belongs to an item: the same path or one below it. */
export function isCurrentItem(item: NavigationItem, pathname: string): boolean {
  if (item.href === "/") return pathname === "/";
  const root = item.href === "/reports/response" ? "/reports" : item.href;
  return [root, ...(item.also ?? [])].some((path) => pathname === path || pathname.startsWith(`${path}/`));
}

/** The item whose section a page belongs to. */
export function currentItem(pathname: string): NavigationItem | undefined {
  return [...mainItems, ...settingsItems].find((item) => isCurrentItem(item, pathname));
}
