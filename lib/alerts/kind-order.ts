/** What kinds of alerts are sorted by: how many there are, whom their incidents interrupted, incidents that nobody did anything about. */
export const KIND_ORDERS = ["alerts", "interruptions", "ignored"] as const;
export type KindOrder = (typeof KIND_ORDERS)[number];

export const KIND_ORDER_NAMES: Record<KindOrder, string> = {
  alerts: "Most alerts",
  interruptions: "Most interruptions",
  ignored: "Most often ignored",
};
