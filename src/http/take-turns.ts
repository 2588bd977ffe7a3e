import type { IncomingMessage } from 'node:http'
import { Problem } from '../model/errors.js'

/** Milliseconds of computing after which a turn of the event loop belongs to others. */
const SHARE = 10

/** So many may wait however long it takes: answers of the largest households take some seconds then. */
const MAY_WAIT = 128

/** So many may wait while the first of them has not waited for long: small requests, soon done. */
const MOST_WAITING = 512
const LONG = 2_000

/** Does work for a request when its turn comes; the promise holds what it returns or throws. */
export type TakeTurn = <T>(
  asker: Pick<IncomingMessage, 'socket'>,
  work: () => T | Promise<T>,
) => Promise<T>

interface Waiting {
  readonly since: number
  readonly begin: () => void
}

/**
 * Gathers what came in one turn of the event loop and does it in a row, in the order it came: code
 * that has just run is still in the processor's caches, which halves the cost of a request. After
 * its share of a turn the rest waits for the next ones, so that probes and timers run in between.
 * For a client that has gone nothing is done. Throws Problem `overloaded` when too many wait.
 */
export function takeTurns(): TakeTurn {
  const waiting: Waiting[] = []
  const takeTurn = (): void => {
    const began = performance.now()
    do (waiting.shift() as Waiting).begin()
    while (waiting.length > 0 && performance.now() - began < SHARE)
    if (waiting.length > 0) setImmediate(takeTurn)
  }
  return async ({ socket }, work) => {
    const since = performance.now()
    if (isFull(waiting, since)) throw new Problem('overloaded')
    // Between the two the sockets are read once more: who has gone is seen before the work begins.
    if (waiting.length === 0) setImmediate(() => setImmediate(takeTurn))
    return new Promise((resolve, reject) => {
      const begin = () => {
        try {
          if (socket.destroyed) throw new Problem('request-timeout')
          resolve(work())
        } catch (error) {
          reject(error)
        }
      }
      waiting.push({ since, begin })
    })
  }
}

function isFull(waiting: readonly Waiting[], now: number): boolean {
  const [first] = waiting
  if (first === undefined || waiting.length < MAY_WAIT) return false
  return waiting.length >= MOST_WAITING || now - first.since > LONG
}
