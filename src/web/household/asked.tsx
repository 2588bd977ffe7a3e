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
  /** Whether leaving the page would lose anything. */
  readonly touched: boolean
  readonly asked: Asked
  readonly change: (change: Partial<Asked>) => void
  /** The request whose answer is shown. */
  readonly submitted: DeterminationRequest | null
  /** What its people were called when it was sent. */
  readonly names: Names
  readonly submit: (request: DeterminationRequest, names?: Names) => void
  /** The field to open next, by its id. */
  readonly wanted: string | null
  readonly want: (field: string | null) => void
  readonly interview: Interview | null
  readonly setInterview: (interview: Interview | null) => void
  readonly decision: Decision | null
  readonly setDecision: (decision: Decision | null) => void
  /** What is being typed about the answer, by form. */
  readonly drafts: Drafts
  readonly setDrafts: (change: (before: Drafts) => Drafts) => void
  /** What was opened or closed by hand, by its place: it is found so again. */
  readonly openings: Openings
  readonly setOpenings: (change: (before: Openings) => Openings) => void
}
type Openings = Readonly<Record<string, boolean | undefined>>
type Drafts = Readonly<Record<string, object | undefined>>

/** What people are called, by their ids. */
type Names = Readonly<Record<string, string | undefined>>

/** What the people of a form are called. */
export const namesOf = ({ members }: Asked): Names =>
  Object.fromEntries(members.map(({ id, called }) => [id, called]))

/** Today in the cities' own zone, YYYY-MM-DD. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
}

/** A form with one member and nothing known. */
export function emptyAsked(): Asked {
  const members = [{ id: 'm1', called: '', facts: {} }]
  return { jurisdiction: '', asOf: today(), programmes: null, facts: {}, members }
}

/** Whether somebody has filled in anything that would be missed. */
export function isFilled({ facts, members, programmes }: Asked): boolean {
  const isKnown = (values: FactValues) => Object.values(values).some((value) => value !== undefined)
  return (
    programmes !== null ||
    members.length > 1 ||
    isKnown(facts) ||
    members.some(({ called, facts: own }) => called !== '' || isKnown(own))
  )
}

const AskedContext = createContext<AskedStore | null>(null)

export function useAsked(): AskedStore {
  return useContext(AskedContext) as AskedStore
}

/** What is being typed into a form about the answer; it stays while other screens are looked at. */
export function useDraft<T extends object>(
  form: string,
  first: () => T,
): [T, (change: Partial<T>) => void] {
  const { drafts, setDrafts } = useAsked()
  const [untouched] = useState(first)
  const draft = (drafts[form] as T | undefined) ?? untouched
  const change = (part: Partial<T>) =>
    setDrafts((before) => ({ ...before, [form]: { ...untouched, ...before[form], ...part } }))
  return [draft, change]
}

/** Whether something that opens is open; it stays so while other screens are looked at. */
export function useOpening(place: string, first: boolean): [boolean, (open: boolean) => void] {
  const { openings, setOpenings } = useAsked()
  const open = openings[place] ?? first
  const set = (next: boolean) =>
    setOpenings((before) =>
      (before[place] ?? first) === next ? before : { ...before, [place]: next },
    )
  return [open, set]
}

/** The places of an answer, whose parts are opened anew with the next one. */
export const OF_ANSWER = 'answer/'

const withoutAnswer = (openings: Openings): Openings =>
  Object.fromEntries(Object.entries(openings).filter(([place]) => !place.startsWith(OF_ANSWER)))

/** Holds what was asked for everything inside. */
export function AskedProvider({ children }: { children: React.ReactNode }) {
  const [untouched] = useState<Asked>(emptyAsked)
  const [asked, setAsked] = useState<Asked>(untouched)
  const [submitted, setSubmitted] = useState<DeterminationRequest | null>(null)
  const [names, setNames] = useState<Names>({})
  const [wanted, want] = useState<string | null>(null)
  const [interview, setInterview] = useState<Interview | null>(null)
  const [decision, setDecision] = useState<Decision | null>(null)
  const [drafts, setDrafts] = useState<Drafts>({})
  const [openings, setOpenings] = useState<Openings>({})
  const store: AskedStore = {
    touched: asked !== untouched || submitted !== null || interview !== null,
    asked,
    change: (change) => setAsked((before) => ({ ...before, ...change })),
    submitted,
    names,
    submit: (request, called = {}) => {
      setDecision(null)
      setNames(called)
      setDrafts({})
      setOpenings(withoutAnswer)
      setSubmitted(request)
    },
    wanted,
    want,
    interview,
    setInterview,
    decision,
    setDecision,
    drafts,
    setDrafts,
    openings,
    setOpenings,
  }
  return <AskedContext value={store}>{children}</AskedContext>
}
