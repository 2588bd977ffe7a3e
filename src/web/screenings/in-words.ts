/** A count with its thousands apart. */
export function countWord(count: number): string {
  return count.toLocaleString('en-US')
}

/** Yuan with their two decimals. */
export function yuanWord(yuan: number): string {
  return yuan.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

/** An instant as the clock in Beijing showed it: 2026-11-24 10:05:30. */
export function inBeijing(instant: string): string {
  return new Date(instant).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
}
