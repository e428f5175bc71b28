/** What the server must know before the first paint travels in cookies of these names. */
export const preferenceCookies = { theme: "theme", sidebar: "sidebar", singleKeys: "single-keys" } as const;

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

/** Remembers a choice for a year; "undefined" forgets it. */
export function rememberPreference(name: keyof typeof preferenceCookies, value: string | undefined): void {
  const age = value === undefined ? 0 : 31_536_000;
  // oxlint-disable-next-line unicorn/no-document-cookie -- the Cookie Store API is not in every current browser
  document.cookie = `${preferenceCookies[name]}=${value ?? ""}; path=/; max-age=${age}; samesite=lax`;
}
