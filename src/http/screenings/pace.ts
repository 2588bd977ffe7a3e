import type { Progress } from '../../screening/screen.js'

/** How far a screening has come in its present phase, and how fast. */
export interface Pace extends Progress {
  /** Households a second in this phase; null at its beginning. */
  readonly rate: number | null
  /** Seconds this phase will still take; null while that cannot be told. */
  readonly remainingSeconds: number | null
}

/** Turns what a run says of its progress into a pace; `now` in milliseconds. */
export function paceOf(lines: number): (progress: Progress, now: number) => Pace {
  let [phase, since, last] = ['', 0, 0]
  return (progress, now) => {
    // A phase begins where the one before was last heard of.
    if (progress.phase !== phase) [phase, since] = [progress.phase, last || now]
    last = now
    // How many lines there are is known from the upload; reading them only counts.
    const total = progress.phase === 'loading' ? lines : progress.total
    const { done } = progress
    const seconds = (now - since) / 1000
    const rate = seconds > 0 && done > 0 ? done / seconds : null
    const remainingSeconds = rate === null ? null : Math.ceil((total - done) / rate)
    return { ...progress, total, rate: rate && Math.round(rate), remainingSeconds }
  }
}
