import type { DemoPerson, Region, TeamKey } from "#db/seed/demo/catalogue";

/** Accounts with a known address, so that a visitor can sign in as each kind of person. */
export const SIGN_INS: Readonly<Record<string, string>> = {
  "Priya Raman": "admin@example.com",
  "Marcus Ellery": "manager@example.com",
  "Sam Okafor": "responder@example.com",
  "Dana Whitfield": "stakeholder@example.com",
};
export const DEMO_RESPONDER = "Sam Okafor";

const ZONES: Record<Region, readonly string[]> = {
  americas: ["America/New_York", "America/Denver", "America/Sao_Paulo"],
  emea: ["Europe/Berlin", "Europe/Dublin", "Europe/Sofia"],
  apac: ["Asia/Kolkata", "Asia/Tokyo", "Australia/Melbourne"],
};

const engineer = (name: string, region: Region, zone: number, ...teams: TeamKey[]): DemoPerson => ({
  name,
  role: "responder",
  jobTitle: zone === 0 ? "Senior engineer" : "Engineer",
  timeZone: ZONES[region][zone] ?? "Etc/UTC",
  region,
  teams: teams.map((key) => ({ key, role: "responder" })),
});

const manager = (name: string, region: Region, zone: number, ...teams: TeamKey[]): DemoPerson => ({
  ...engineer(name, region, zone),
  role: "manager",
  jobTitle: "Engineering manager",
  teams: teams.map((key) => ({ key, role: "manager" })),
});

const other = (name: string, role: DemoPerson["role"], jobTitle: string): DemoPerson => ({
  ...engineer(name, "americas", 0),
  role,
  jobTitle,
});

export const STAFF: readonly DemoPerson[] = [
  manager("Marcus Ellery", "americas", 0, "bets", "fantasy"),
  manager("Ingrid Solheim", "emea", 0, "odds", "data"),
  manager("Tomás Figueroa", "americas", 2, "payments"),
  manager("Aoife Brennan", "emea", 1, "identity", "apps"),
  manager("Kenji Watanabe", "apac", 1, "platform"),
  engineer("Sam Okafor", "americas", 0, "bets", "apps"),
  engineer("Lucía Ferrer", "americas", 2, "bets"),
  engineer("Jonas Brandt", "emea", 0, "bets"),
  engineer("Niamh Gallagher", "emea", 1, "bets"),
  engineer("Ananya Krishnamurthy", "apac", 0, "bets"),
  engineer("田中 陽子", "apac", 1, "bets"),
  engineer("Devon Marsh", "americas", 1, "odds"),
  engineer("Rafael Teixeira de Albuquerque-Montenegro", "americas", 2, "odds"),
  engineer("Desislava Petrova", "emea", 2, "odds"),
  engineer("Cillian Doyle", "emea", 1, "odds"),
  engineer("Arjun Mehta", "apac", 0, "odds"),
  engineer("Harriet Lowe", "apac", 2, "odds"),
  engineer("Whitney Cole", "americas", 0, "payments"),
  engineer("Bruno Azevedo", "americas", 2, "payments"),
  engineer("Katharina Vogt", "emea", 0, "payments"),
  engineer("ליאור בן־דוד", "emea", 2, "payments"),
  engineer("Meera Iyer", "apac", 0, "payments"),
  engineer("Oliver Nguyen", "apac", 2, "payments"),
  engineer("Grace Adeyemi", "americas", 0, "fantasy"),
  engineer("Wyatt Sorensen", "americas", 1, "fantasy"),
  engineer("Petra Novotná", "emea", 0, "fantasy", "identity"),
  engineer("Elias Haddad", "emea", 2, "identity"),
  engineer("Shreya Banerjee", "apac", 0, "identity", "apps"),
  engineer("Caleb Turner", "americas", 1, "apps", "data"),
  engineer("Ivana Horvat", "emea", 0, "data", "platform"),
  engineer("Rohan Desai", "apac", 0, "data", "platform"),
  engineer("Mika Virtanen", "emea", 1, "platform"),
  engineer("Jordan Pike", "americas", 1, "platform"),
  other("Priya Raman", "admin", "Head of reliability"),
  other("Dana Whitfield", "stakeholder", "Chief technology officer"),
  other("Carmen Ortiz", "observer", "Customer experience lead"),
];
