import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { ApiProblem, type DeterminationRequest, type Fact, type Programme } from '../api/client.ts'
import { determination } from '../api/queries.ts'
import { useWords } from '../words/use-words.ts'
import { namesOf, useAsked } from './asked.tsx'
import { type Fault, faultsOf, missingFirst } from './fault.ts'
import { toRequest } from './to-request.ts'

interface Asking {
  /** What has to be mended before it is asked again. */
  readonly faults: readonly Fault[]
  /** Why there is no answer, where nothing is wrong with what was asked. */
  readonly failure: Error | null
  readonly working: boolean
  readonly ask: () => Promise<void>
  /** Takes back all that was said of a household that is there no longer. */
  readonly forget: () => void
}

/** The request sent last: of several on their way only its answer is taken. */
let latest: DeterminationRequest | null = null

/** Asks about the household as it stands, and opens the answer for whoever still waits for it. */
export function useAsk(facts: readonly Fact[], chosen: readonly Programme[]): Asking {
  const { w, language } = useWords()
  const { asked, submit } = useAsked()
  const client = useQueryClient()
  const [, go] = useLocation()
  const waits = useWaits()
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [failure, setFailure] = useState<Error | null>(null)
  const [working, setWorking] = useState(false)

  const forget = () => {
    latest = null
    setFaults([])
    setFailure(null)
    setWorking(false)
  }
  const refused = (error: Error, request: DeterminationRequest) => {
    const found = error instanceof ApiProblem ? error.problem.errors : undefined
    if (found === undefined) setFailure(error)
    else setFaults(faultsOf(found, request))
  }
  const ask = async () => {
    forget()
    const first = missingFirst(asked, chosen, w)
    if (first !== null) return setFaults([first])
    const request = toRequest(asked, facts)
    const names = namesOf(asked)
    latest = request
    setWorking(true)
    const answer = await client.fetchQuery(determination(request, language)).catch(asError)
    if (latest !== request) return
    setWorking(false)
    if (answer instanceof Error) return refused(answer, request)
    submit(request, names)
    if (waits.current) go('/answer')
  }
  return { faults, failure, working, ask, forget }
}

const asError = (error: Error) => error

/** Whether the form is still on the screen. */
function useWaits() {
  const waits = useRef(true)
  useEffect(() => {
    waits.current = true
    return () => {
      waits.current = false
    }
  }, [])
  return waits
}
