import type { TeamRole } from "#lib/people/roles";

export type TeamKey = "bets" | "odds" | "payments" | "fantasy" | "identity" | "apps" | "data" | "platform";

export type DemoTeam = { key: TeamKey; name: string; description: string; followsTheSun: boolean };

export const TEAMS: readonly DemoTeam[] = [
  {
    key: "bets",
    name: "Bet Placement",
    description: "Everything between a pick and a placed bet.",
    followsTheSun: true,
  },
  {
    key: "odds",
    name: "Odds & Trading",
    description: "Prices, markets and risk, live and pre-match.",
    followsTheSun: true,
  },
  {
    key: "payments",
    name: "Payments & Wallet",
    description: "Deposits, withdrawals, balances.",
    followsTheSun: true,
  },
  {
    key: "fantasy",
    name: "Fantasy Games",
    description: "Contests, line-ups and live scoring.",
    followsTheSun: false,
  },
  {
    key: "identity",
    name: "Identity & Compliance",
    description: "Sign-in, KYC, location, limits.",
    followsTheSun: false,
  },
  {
    key: "apps",
    name: "Web & Mobile",
    description: "What customers hold in their hands.",
    followsTheSun: false,
  },
  {
    key: "data",
    name: "Data & Streaming",
    description: "Event streams, warehouse, reporting.",
    followsTheSun: false,
  },
  {
    key: "platform",
    name: "Platform",
    description: "Clusters, networks, databases, delivery.",
    followsTheSun: true,
  },
];

/** `faults` weighs how often it breaks; `kind` chooses what its incidents are called. */
export type DemoService = {
  name: string;
  team: TeamKey;
  tier: 1 | 2 | 3 | 4;
  faults: number;
  kind: "api" | "feed" | "store" | "job" | "app";
  needs: readonly string[];
};

export const NOISY_SERVICE = "Odds feed ingest";
export const PROBLEM_SERVICE = "Bet slip";

const service = (
  name: string,
  team: TeamKey,
  tier: DemoService["tier"],
  faults: number,
  kind: DemoService["kind"],
  ...needs: string[]
): DemoService => ({ name, team, tier, faults, kind, needs });

export const SERVICES: readonly DemoService[] = [
  service(
    PROBLEM_SERVICE,
    "bets",
    1,
    7,
    "api",
    "Bet acceptance",
    "Price service",
    "Wallet ledger",
    "Promotions",
  ),
  service("Bet acceptance", "bets", 1, 5, "api", "Risk engine", "Wallet ledger", "Geolocation gate"),
  service("Bet settlement", "bets", 1, 4, "job", "Results feed", "Wallet ledger"),
  service("Cash-out", "bets", 2, 3, "api", "Price service", "Bet settlement"),
  service("Promotions", "bets", 3, 2, "api", "Customer profile"),
  service(NOISY_SERVICE, "odds", 1, 14, "feed", "Event bus"),
  service("Price service", "odds", 1, 5, "api", "Odds feed ingest", "Market catalogue"),
  service("Market catalogue", "odds", 2, 3, "store", "Primary databases"),
  service("Risk engine", "odds", 1, 3, "api", "Event bus", "Customer profile"),
  service("Results feed", "odds", 1, 4, "feed", "Event bus"),
  service("Trader workbench", "odds", 3, 1, "app", "Market catalogue", "Risk engine"),
  service("Wallet ledger", "payments", 1, 4, "store", "Primary databases"),
  service("Deposits", "payments", 1, 5, "api", "Card gateway", "Wallet ledger", "KYC checks"),
  service("Withdrawals", "payments", 2, 3, "job", "Card gateway", "Wallet ledger"),
  service("Card gateway", "payments", 1, 3, "api", "Edge network"),
  service("Bonus balance", "payments", 3, 1, "store", "Wallet ledger"),
  service("Contest lobby", "fantasy", 2, 3, "app", "Contest engine", "Customer profile"),
  service("Contest engine", "fantasy", 1, 4, "api", "Event bus", "Wallet ledger"),
  service("Live scoring", "fantasy", 1, 5, "feed", "Results feed", "Event bus"),
  service("Line-up editor", "fantasy", 2, 3, "app", "Contest engine"),
  service("Player projections", "fantasy", 3, 2, "job", "Warehouse"),
  service("Sign-in", "identity", 1, 3, "api", "Customer profile", "Edge network"),
  service("KYC checks", "identity", 2, 3, "api", "Customer profile"),
  service("Geolocation gate", "identity", 1, 4, "api", "Edge network"),
  service("Responsible gaming limits", "identity", 1, 1, "api", "Customer profile", "Wallet ledger"),
  service("Customer profile", "identity", 1, 2, "store", "Primary databases"),
  service("Sportsbook web", "apps", 1, 4, "app", "Bet slip", "Price service", "Sign-in", "Edge network"),
  service("Sportsbook iOS", "apps", 1, 2, "app", "Bet slip", "Price service", "Sign-in"),
  service("Sportsbook Android", "apps", 1, 3, "app", "Bet slip", "Price service", "Sign-in"),
  service("Push and in-app messages", "apps", 3, 2, "job", "Event bus"),
  service("Help centre and customer-experience contact routing", "apps", 3, 1, "app", "Customer profile"),
  service("Event bus", "data", 1, 3, "feed", "Kubernetes clusters"),
  service("Warehouse", "data", 3, 3, "store", "Event bus"),
  service("Regulatory reporting", "data", 2, 2, "job", "Warehouse"),
  service("Experiment service", "data", 3, 1, "api", "Event bus"),
  service("Edge network", "platform", 1, 3, "api"),
  service("Kubernetes clusters", "platform", 1, 4, "store"),
  service("Primary databases", "platform", 1, 3, "store", "Kubernetes clusters"),
  service("Continuous delivery", "platform", 3, 3, "job", "Kubernetes clusters"),
  service("Observability stack", "platform", 2, 3, "store", "Kubernetes clusters"),
];

export type Region = "americas" | "emea" | "apac";

export type DemoPerson = {
  name: string;
  role: "admin" | "manager" | "responder" | "observer" | "stakeholder";
  jobTitle: string;
  timeZone: string;
  region: Region;
  teams: readonly { key: TeamKey; role: TeamRole }[];
};
