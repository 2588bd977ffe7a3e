import { createContext, useContext, useState } from 'react'
import type { DeterminationRequest } from '../api/client.ts'
import type { Decision } from '../api/decisions.ts'
import type { Interview } from '../interview/interview.ts'

/** A value as typed or chosen; numbers stay text until they are sent, absent is not known. */
export type FactValue = string | boolean | readonly string[]
export type FactValues = Readonly<Record<string, FactValue | undefined>>

export interface Person {
  readonly id: string
  /** For the reader of this page; never sent. */
  readonly called: string
  readonly facts: FactValues
}

/** What the caseworker has filled in. */
export interface Asked {
  readonly jurisdiction: string
  readonly asOf: string
  /** Null: all of the jurisdiction. */
  readonly programmes: readonly string[] | null
  readonly facts: FactValues
  readonly members: readonly Person[]
}

/** Everything the screens of one visit share. It lives in memory and is gone with the page. */
interface AskedStore {
  readonly asked: Asked
  readonly change: (change: Partial<Asked>) => void
  /** The request whose answer is shown. */
  readonly submitted: DeterminationRequest | null
  readonly submit: (request: DeterminationRequest) => void
  /** The field to open next, by its id. */
  readonly wanted: string | null
  readonly want: (field: string | null) => void
  readonly interview: Interview | null
  readonly setInterview: (interview: Interview | null) => void
  readonly decision: Decision | null
  readonly setDecision: (decision: Decision | null) => void
}

/** Today in the cities' own zone, YYYY-MM-DD. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
}

/** A form with one member and nothing known. */
export function emptyAsked(): Asked {
  const members = [{ id: 'm1', called: '', facts: {} }]
  return { jurisdiction: '', asOf: today(), programmes: null, facts: {}, members }
}

const AskedContext = createContext<AskedStore | null>(null)

export function useAsked(): AskedStore {
  return useContext(AskedContext) as AskedStore
}

/** Holds what was asked for everything inside. */
export function AskedProvider({ children }: { children: React.ReactNode }) {
  const [asked, setAsked] = useState<Asked>(emptyAsked)
  const [submitted, setSubmitted] = useState<DeterminationRequest | null>(null)
  const [wanted, want] = useState<string | null>(null)
  const [interview, setInterview] = useState<Interview | null>(null)
  const [decision, setDecision] = useState<Decision | null>(null)
  const store: AskedStore = {
    asked,
    change: (change) => setAsked((before) => ({ ...before, ...change })),
    submitted,
    submit: (request) => {
      setDecision(null)
      setSubmitted(request)
    },
    wanted,
    want,
    interview,
    setInterview,
    decision,
    setDecision,
  }
  return <AskedContext value={store}>{children}</AskedContext>
}
