import type { NextConfig } from "next";

const config: NextConfig = {
  reactCompiler: true,
  agentRules: false,
  // `npm test` and `npm run check` check the types; a start should not wait for the same work again.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // API clients take any redirect as a failure; the server entry tidies their paths instead.
  skipTrailingSlashRedirect: true,
  experimental: {
    // Without it a page that refreshes itself while the network is gone is replaced by the browser's own error page.
    useOffline: true,
    // The code of pages and endpoints is read when one is first asked for, not kept for all of them from the start.
    preloadEntriesOnStart: false,
  },
  // Pages get the rest of their headers from proxy.ts; this one belongs on everything, assets and APIs too.
  headers: async () => [
    { source: "/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
  ],
  serverExternalPackages: [
    "@node-rs/argon2",
    "postgres",
    "pino",
    "web-push",
    "nodemailer",
    "@resvg/resvg-js",
  ],
};

export default config;
