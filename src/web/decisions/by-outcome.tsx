import { useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { RecordedMark, type RecordedOutcome } from './recorded-mark.tsx'

const ORDER = ['eligible', 'unknown', 'ineligible'] as const

/** More than these are folded by outcome. */
const MANY = 10

interface ByOutcomeProps<T> {
  readonly all: readonly T[]
  readonly children: (one: T) => React.ReactNode
}

/** Outcomes as they stand, or, when they are many, folded by how they came out. */
export function ByOutcome<T extends { readonly outcome: RecordedOutcome }>(
  props: ByOutcomeProps<T>,
) {
  const { all, children } = props
  if (all.length <= MANY) return all.map(children)
  return ORDER.map((outcome) => {
    const some = all.filter((one) => one.outcome === outcome)
    if (some.length === 0) return null
    return (
      <Fold key={outcome} outcome={outcome} count={some.length}>
        {() => some.map(children)}
      </Fold>
    )
  })
}

interface FoldProps {
  readonly outcome: RecordedOutcome
  readonly count: number
  readonly children: () => React.ReactNode
}

/** What it holds is made when it is opened. */
function Fold({ outcome, count, children }: FoldProps) {
  const { w } = useWords()
  const [open, setOpen] = useState(outcome === 'eligible')
  return (
    <details className="more" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <RecordedMark outcome={outcome} /> {w.decisions.items(count)}
      </summary>
      {open && children()}
    </details>
  )
}

/** How many came out how, in one line each. */
export function OutcomeCounts({ outcomes }: { outcomes: readonly RecordedOutcome[] }) {
  const { w } = useWords()
  return ORDER.map((outcome) => {
    const count = outcomes.filter((one) => one === outcome).length
    return count === 0 ? null : (
      <li key={outcome}>
        <RecordedMark outcome={outcome} /> {w.decisions.items(count)}
      </li>
    )
  })
}
