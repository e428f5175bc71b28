import { z } from "zod";

const flag = z.stringbool();
const optionalUrl = z.url().optional();

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgres:// URL"),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  TOUCHLINE_SECRET: z.string().min(32, "must have at least 32 characters"),
  TOUCHLINE_URL: z.url("must be the URL under which people open Touchline").default("http://localhost:3000"),
  TOUCHLINE_ROLE: z.enum(["web", "engine", "all"]).default("all"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default("0.0.0.0"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must be an smtp:// or smtps:// URL")
    .optional(),
  MAIL_FROM: z.string().min(3).default("Touchline <touchline@localhost>"),
  MAIL_IN_DOMAIN: z
    .string()
    .toLowerCase()
    .regex(/^([a-z0-9-]+\.)*[a-z0-9-]+$/, "must be a domain like pages.example.com")
    .optional(),
  MAIL_IN_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  OIDC_ISSUER: optionalUrl,
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default("single sign-on"),
  OIDC_TRUST_EMAIL: flag.default(false),
  TRUST_PROXY: flag.default(false),
  ALLOW_PRIVATE_DESTINATIONS: flag.default(false),
  INTAKE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(60_000),
  INBOX_RETENTION_DAYS: z.coerce.number().int().min(1).default(90),
});

export type Oidc = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  name: string;
  /** Whether an address counts as its owner's although the provider does not say that it verified it. */
  trustsAddresses: boolean;
};

export type Env = {
  production: boolean;
  databaseUrl: string;
  databasePool: number;
  secret: string;
  url: string;
  role: "web" | "engine" | "all";
  port: number;
  host: string;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  smtpUrl: string | null;
  mailFrom: string;
  /** The domain whose mail comes here: answers to pages, and word of mail that could not be delivered. */
  mailInDomain: string | null;
  /** Where this process's engine listens for it. */
  mailInPort: number | null;
  oidc: Oidc | null;
  trustProxy: boolean;
  allowPrivateDestinations: boolean;
  intakeLimitPerMinute: number;
  inboxRetentionDays: number;
};

/** Turns the process's variables into settings. Throws one sentence that names every wrong variable and says what is wrong. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const name = issue.path.join(".");
      return given[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`;
    });
    throw new Error(`Touchline can't start: ${faults.join("; ")}. See .env.example.`);
  }
  const value = parsed.data;
  return {
    production: value.NODE_ENV === "production",
    databaseUrl: value.DATABASE_URL,
    databasePool: value.DATABASE_POOL,
    secret: value.TOUCHLINE_SECRET,
    url: value.TOUCHLINE_URL.replace(/\/+$/, ""),
    role: value.TOUCHLINE_ROLE,
    port: value.PORT,
    host: value.HOST,
    logLevel: value.LOG_LEVEL,
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM,
    ...readMailIn(value),
    oidc: readOidc(value),
    trustProxy: value.TRUST_PROXY,
    allowPrivateDestinations: value.ALLOW_PRIVATE_DESTINATIONS,
    intakeLimitPerMinute: value.INTAKE_LIMIT_PER_MINUTE,
    inboxRetentionDays: value.INBOX_RETENTION_DAYS,
  };
}

function readMailIn(value: z.infer<typeof schema>): Pick<Env, "mailInDomain" | "mailInPort"> {
  const { MAIL_IN_DOMAIN: domain, MAIL_IN_PORT: port } = value;
  if (port !== undefined && domain === undefined) {
    throw new Error(
      "Touchline can't start: MAIL_IN_PORT needs MAIL_IN_DOMAIN, the domain whose mail is sent there.",
    );
  }
  return { mailInDomain: domain ?? null, mailInPort: port ?? null };
}

function readOidc(value: z.infer<typeof schema>): Env["oidc"] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = value;
  if (!issuer && !clientId && !clientSecret) return null;
  if (!issuer || !clientId || !clientSecret) {
    throw new Error(
      "Touchline can't start: OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together; set all three or none.",
    );
  }
  return {
    issuer,
    clientId,
    clientSecret,
    name: value.OIDC_NAME,
    trustsAddresses: value.OIDC_TRUST_EMAIL,
  };
}

let current: Env | null = null;

/** The settings of this process, read once. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}
