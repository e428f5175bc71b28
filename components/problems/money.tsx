"use client";

import { useViewer } from "#components/time/viewer";

/** An amount without cents, in the viewer's way of writing numbers. */
export function Money({ amount, currency }: { amount: number; currency: string }) {
  const { locale } = useViewer();
  const text = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    maximumFractionDigits: 0,
  }).format(amount);
  return <span className="tabular whitespace-nowrap">{text}</span>;
}
