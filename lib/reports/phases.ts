/**
 * The parts of an incident's life, between two columns of its facts. `apart`: one that ends when it begins was not measured; an incident
 * counts as begun when it was detected unless somebody says otherwise.
 */
export const PHASES = {
  detect: { name: "Start to detection", from: "started_at", to: "detected_at", apart: true },
  acknowledge: {
    name: "First page to acknowledgement",
    from: "first_page_at",
    to: "first_ack_at",
    apart: false,
  },
  mitigated: {
    name: "Acknowledgement to mitigation",
    from: "first_ack_at",
    to: "mitigated_at",
    apart: false,
  },
  close: { name: "Mitigation to resolution", from: "mitigated_at", to: "resolved_at", apart: false },
} as const;
