/** A count with its thousands apart. */
export function countWord(count: number): string {
  return count.toLocaleString('en-US')
}

/** An instant as the clock in Beijing showed it: 2026-11-24 10:05:30. */
export function inBeijing(instant: string): string {
  return new Date(instant).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
}
