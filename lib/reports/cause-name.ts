/** A cause class as a name: "change" is "Change". */
export function causeName(cause: string): string {
  return cause.charAt(0).toUpperCase() + cause.slice(1);
}
