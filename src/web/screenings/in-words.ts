/** A count with its thousands apart. */
export function countWord(count: number): string {
  return count.toLocaleString('en-US')
}

/** Yuan with their two decimals. */
export function yuanWord(yuan: number): string {
  return yuan.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}
