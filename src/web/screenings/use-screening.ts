import { useEffect, useState } from 'react'
import { ApiProblem, type Asking } from '../api/client.ts'
import { isUnfinished, type Screening, watchScreening } from '../api/screenings.ts'

/** How a screening stands as far as it was told. */
export interface Watched {
  readonly screening: Screening | null
  /** What the service refuses to tell. */
  readonly error: Error | null
  /** The line broke, and is tried again. */
  readonly lost: boolean
  /** Asks again, after something was done to it. */
  readonly again: () => void
}

const RETRY_AFTER = 2_000

/** Follows a screening to its end; a line that breaks is opened again. */
export function useScreening({ token, language }: Asking, id: string): Watched {
  const [screening, setScreening] = useState<Screening | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const [lost, setLost] = useState(false)
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    let retry: ReturnType<typeof setTimeout> | undefined
    const watch = async (): Promise<void> => {
      let last: Screening | null = null
      try {
        for await (const state of watchScreening({ token, language }, id, signal)) {
          if (signal.aborted) return
          last = state
          setScreening(state)
          setLost(false)
        }
      } catch (fault) {
        if (signal.aborted) return
        if (fault instanceof ApiProblem && fault.problem.status < 500) return setError(fault)
      }
      if (last !== null && !isUnfinished(last)) return
      setLost(true)
      retry = setTimeout(() => void watch(), RETRY_AFTER)
    }
    setError(null)
    void watch()
    return () => {
      controller.abort()
      clearTimeout(retry)
    }
  }, [token, language, id, turn])
  return { screening, error, lost, again: () => setTurn((last) => last + 1) }
}
