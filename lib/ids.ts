import { randomInt } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
// 2024-01-01: eight base-36 digits of milliseconds from here reach beyond the year 2110.
const EPOCH = 1_704_067_200_000;
const TAIL = 36 ** 5;

let lastTime = 0;
let tail = 0;

function encode(value: number, width: number): string {
  let rest = value;
  let text = "";
  for (let place = 0; place < width; place += 1) {
    text = (ALPHABET[rest % 36] ?? "0") + text;
    rest = Math.floor(rest / 36);
  }
  return text;
}

/**
 * A new public id: 14 of [A-Z0-9], a letter first, sorting by creation. Within one process every id is greater than the one
 * before; two processes can only collide on the same millisecond and one of 60 million tails. `at` backdates imported rows.
 */
export function newId(at: number = Date.now()): string {
  const time = Math.max(0, at - EPOCH);
  if (time === lastTime) {
    tail = (tail + 1) % TAIL;
  } else {
    lastTime = time;
    tail = randomInt(TAIL - 1_000_000);
  }
  return `Q${encode(time, 8)}${encode(tail, 5)}`;
}
