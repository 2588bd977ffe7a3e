import type { Reason } from '../api/client.ts'
import { useFactUnit } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { distance } from './quantity.ts'

/** How far a known number lies from the line, in words; null where there is no distance. */
export function useDistance(): (reason: Reason) => string | null {
  const { w } = useWords()
  const unitOf = useFactUnit()
  return (reason) => distance(reason, unitOf(reason.fact, reason.unit), w)
}
