import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, preferenceCookies } from "#components/layout/preferences";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Touchline", template: "%s · Touchline" },
  description: "Alerts, on-call, incidents and honest numbers.",
  applicationName: "Touchline",
  manifest: "/manifest.webmanifest",
  icons: { icon: [{ url: "/icon.svg", type: "image/svg+xml" }], apple: "/apple-touch-icon.png" },
  appleWebApp: { capable: true, title: "Touchline", statusBarStyle: "default" },
  formatDetection: { telephone: false },
  robots: { index: false, follow: false },
};

const barColors = { light: "#f9fafb", dark: "#0a0c10" } as const;

/** The browser's own bars follow the chosen theme, or the system's. */
export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  return {
    width: "device-width",
    initialScale: 1,
    viewportFit: "cover",
    themeColor:
      theme === "system"
        ? [
            { media: "(prefers-color-scheme: light)", color: barColors.light },
            { media: "(prefers-color-scheme: dark)", color: barColors.dark },
          ]
        : barColors[theme],
  };
}

async function chosenTheme() {
  return parseTheme((await cookies()).get(preferenceCookies.theme)?.value);
}

/** What the first paint depends on is rendered into the root element, so no script runs before it and nothing flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = await chosenTheme();
  return (
    <html
      lang="en"
      data-theme={theme === "system" ? undefined : theme}
      data-sidebar={jar.get(preferenceCookies.sidebar)?.value === "collapsed" ? "collapsed" : undefined}
      data-single-keys={jar.get(preferenceCookies.singleKeys)?.value === "off" ? "off" : undefined}
    >
      <body>{children}</body>
    </html>
  );
}
