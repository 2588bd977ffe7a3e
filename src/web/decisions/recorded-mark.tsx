import { Icon } from '../answer/mark.tsx'
import { useWords } from '../words/use-words.ts'

const STANDING = { eligible: 'met', ineligible: 'unmet', unknown: 'open' } as const
export type RecordedOutcome = keyof typeof STANDING

/**
 * An outcome where the force of its clause is not at hand: it says whether the conditions hold,
 * never that somebody is entitled.
 */
export function RecordedMark({ outcome }: { outcome: RecordedOutcome }) {
  const { w } = useWords()
  return (
    <span className={`mark wraps ${outcome}`}>
      <Icon standing={STANDING[outcome]} />
      {w.decisions.outcomes[outcome]}
    </span>
  )
}
