import type { Determination } from '../api/client.ts'
import { type PageWords, useWords } from '../words/use-words.ts'
import { Icon } from './mark.tsx'

type Worded = Pick<Determination, 'outcome' | 'force'>

/** Clauses that entitle; the others only name a group. */
export const entitles = ({ force }: Pick<Determination, 'force'>) =>
  force === 'standard' || force === 'duty'

/** The outcome in a word, no stronger than the clause. */
export function outcomeWord({ outcome, force }: Worded, w: PageWords): string {
  if (outcome === 'unknown' || entitles({ force })) return w.answer.outcome[outcome]
  return outcome === 'eligible' ? w.answer.named : w.answer.notNamed
}

const STANDING = { eligible: 'met', ineligible: 'unmet', unknown: 'open' } as const

/** The outcome with its icon. */
export function OutcomeMark(determination: Worded) {
  const { w } = useWords()
  return (
    <span className={`mark ${determination.outcome}`}>
      <Icon standing={STANDING[determination.outcome]} />
      {outcomeWord(determination, w)}
    </span>
  )
}
