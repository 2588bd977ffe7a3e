import { Problem } from '../model/errors.js'

/** Milliseconds of computing after which a turn of the event loop belongs to others. */
const SHARE = 10

/** Answers of the largest households take some seconds when that many wait. */
const MOST_WAITING = 128

/** Does work when its turn comes; the promise holds what it returns or throws. */
export type TakeTurn = <T>(work: () => T | Promise<T>) => Promise<T>

/**
 * Gathers what came in one turn of the event loop and does it in a row, in the order it came: code
 * that has just run is still in the processor's caches, which halves the cost of a request. After
 * its share of a turn the rest waits for the next ones, so that probes and timers run in between.
 * Throws Problem `overloaded` when too many are waiting already.
 */
export function takeTurns(): TakeTurn {
  const waiting: (() => void)[] = []
  const takeTurn = (): void => {
    const began = performance.now()
    do (waiting.shift() as () => void)()
    while (waiting.length > 0 && performance.now() - began < SHARE)
    if (waiting.length > 0) setImmediate(takeTurn)
  }
  return async (work) => {
    if (waiting.length >= MOST_WAITING) throw new Problem('overloaded')
    if (waiting.length === 0) setImmediate(takeTurn)
    return new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(work())
        } catch (error) {
          reject(error)
        }
      })
    })
  }
}
