/** The largest amount that a request may state and a rulebook may hold, in yuan. */
export const LARGEST_YUAN = 9_999_999_999.99

/** An amount in yuan with at most two decimals as whole fen. */
export function fenOf(yuan: number): number {
  return Math.round(yuan * 100)
}

/** Fen as an amount in yuan, which is exact to two decimals. */
export function yuanOf(fen: number): number {
  return fen / 100
}
