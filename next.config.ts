import type { NextConfig } from "next";

const config: NextConfig = {
  reactCompiler: true,
  typedRoutes: true,
  agentRules: false,
  poweredByHeader: false,
  serverExternalPackages: ["@node-rs/argon2", "postgres", "pino", "web-push", "nodemailer"],
};

export default config;
