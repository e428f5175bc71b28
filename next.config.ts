import type { NextConfig } from "next";

const config: NextConfig = {
  reactCompiler: true,
  typedRoutes: true,
  agentRules: false,
  poweredByHeader: false,
  // API clients take any redirect as a failure; the server entry tidies their paths instead.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ["@node-rs/argon2", "postgres", "pino", "web-push", "nodemailer"],
};

export default config;
