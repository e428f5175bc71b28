"use client";

import { useViewer } from "#components/time/viewer";
import { moneyText } from "#lib/problems/money-text";

/** An amount without cents, in the viewer's way of writing numbers. */
export function Money({ amount, currency }: { amount: number; currency: string }) {
  const { locale } = useViewer();
  return <span className="tabular whitespace-nowrap">{moneyText(amount, currency, locale)}</span>;
}
