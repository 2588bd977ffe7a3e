import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem, type Fact } from '../api/client.ts'
import { determination } from '../api/queries.ts'
import { useAsked } from '../household/asked.tsx'
import { useWords } from '../words/use-words.ts'
import { type Interview, requestOf } from './interview.ts'

/** A step that did not come about, and the way to try it again. */
export interface FailedStep {
  readonly error: Error
  readonly again: () => void
}

/** Moves the interview on once the service has taken it; until then everything stays as typed. */
export function useStep(facts: readonly Fact[]) {
  const { language } = useWords()
  const { setInterview } = useAsked()
  const client = useQueryClient()
  const [working, setWorking] = useState(false)
  const [failed, setFailed] = useState<FailedStep | null>(null)
  const gone = useRef(false)
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
    }
  }, [])
  const stepTo = async (next: Interview) => {
    setWorking(true)
    setFailed(null)
    try {
      await client.fetchQuery(determination(requestOf(next, facts), language))
      if (!gone.current) setInterview(next)
    } catch (error) {
      setFailed({ error: error as Error, again: () => void stepTo(next) })
    } finally {
      setWorking(false)
    }
  }
  return { stepTo, working, failed, forget: () => setFailed(null) }
}

/** What the service says of the value at a pointer; undefined where the fault lies elsewhere. */
export function messageAt(failed: FailedStep | null, pointer: string): string | undefined {
  if (!(failed?.error instanceof ApiProblem)) return undefined
  const { errors = [] } = failed.error.problem
  return errors.find((one) => `${one.pointer}/`.startsWith(`${pointer}/`))?.message
}
