import { beijing } from '../words/beijing.ts'
import { useWords } from '../words/use-words.ts'

/** An instant of the service as the clock on the wall says it. */
export function useMoment(): (instant: string) => string {
  const { w } = useWords()
  return (instant) => w.record.inBeijing(beijing(instant))
}
