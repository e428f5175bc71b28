/** A share, 0 to 1, as per cent: whole below 99, with decimals above, so that 99.96 % is never read as 100. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent < 99 || share === 1) return `${Math.round(percent)} %`;
  return `${(Math.floor(percent * 100) / 100).toFixed(2)} %`;
}
